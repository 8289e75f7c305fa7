using System.Numerics;
using System.Text.Json;

using Microsoft.ML.OnnxRuntime;

namespace ServeOnnx;

/// <summary>Reads one JSON value.</summary>
/// <returns>False where it is of another type or out of range.</returns>
internal delegate bool TryRead<T>(JsonElement json, out T value);

/// <summary>How JSON values become elements of a type.</summary>
/// <param name="Expected">The JSON values that do, in words.</param>
/// <param name="TryRead">Reads one.</param>
/// <param name="HasMissing">Whether a value may be missing.</param>
/// <param name="Missing">What stands for a missing value.</param>
/// <param name="ToTensor">Makes a tensor of values and a shape.</param>
internal sealed record ValueReader<T>(string Expected, TryRead<T> TryRead, bool HasMissing, T Missing, Func<T[], long[], OrtValue> ToTensor);

internal static class ValueReader
{
    public static ValueReader<float> Single { get; } = new("a number in the range of float",
        (JsonElement json, out float value) => IsNumber(json, out value) && json.TryGetSingle(out value) && float.IsFinite(value), true, float.NaN, OrtValue.CreateTensorValueFromMemory);

    public static ValueReader<double> Double { get; } = new("a number in the range of double",
        (JsonElement json, out double value) => IsNumber(json, out value) && json.TryGetDouble(out value) && double.IsFinite(value), true, double.NaN, OrtValue.CreateTensorValueFromMemory);

    public static ValueReader<bool> Boolean { get; } = new("true or false", TryReadBoolean, false, default, OrtValue.CreateTensorValueFromMemory);

    public static ValueReader<string> Text { get; } = new("a string", TryReadText, true, "", TextTensor);

    /// <summary>Unsigned integers are what ML.NET's keys are made of, whose 0 means missing; signed ones have no value to spare.</summary>
    public static ValueReader<T> Integer<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        new($"a whole number from {T.MinValue} to {T.MaxValue}", TryReadInteger, T.IsZero(T.MinValue), T.Zero, OrtValue.CreateTensorValueFromMemory);

    private static bool IsNumber<T>(JsonElement json, out T? value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Number;
    }

    private static bool TryReadBoolean(JsonElement json, out bool value)
    {
        value = json.ValueKind == JsonValueKind.True;
        return value || json.ValueKind == JsonValueKind.False;
    }

    private static bool TryReadInteger<T>(JsonElement json, out T value) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        // Decimal: JSON has one kind of number, and many clients write 3 as 3.0.
        bool fits = IsNumber<T>(json, out _) && json.TryGetDecimal(out decimal number) && decimal.IsInteger(number)
            && number >= decimal.CreateChecked(T.MinValue) && number <= decimal.CreateChecked(T.MaxValue);
        value = fits ? T.CreateChecked(json.GetDecimal()) : T.Zero;
        return fits;
    }

    private static bool TryReadText(JsonElement json, out string value)
    {
        value = "";
        try
        {
            value = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
            return json.ValueKind == JsonValueKind.String;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, such as "\ud800", is JSON and is not text.
            return false;
        }
    }

    private static OrtValue TextTensor(string?[] values, long[] shape)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (int i = 0; i < values.Length; i++)
        {
            if (!string.IsNullOrEmpty(values[i]))
                tensor.StringTensorSetElementAt(values[i].AsSpan(), i);
        }

        return tensor;
    }
}
