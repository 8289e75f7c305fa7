using System.Numerics;

namespace Microsoft.ML.Nas.Data;

/// <summary>Reads the label of the row that a cursor stands on: 0 or 1, the class counted from 0, or the number.</summary>
internal static class LabelReader
{
    /// <summary>Binds to the label column.</summary>
    /// <returns>A function of the row's number, which errors name.</returns>
    public static Func<int, float> Create(DataViewRow row, LabelColumn label)
    {
        var source = row.Schema[label.Name];
        return label.RawType switch
        {
            var type when type == typeof(bool) => Boolean(row.GetGetter<bool>(source)),
            var type when type == typeof(float) => Number(row.GetGetter<float>(source), label.Name),
            var type when type == typeof(byte) => Key(row.GetGetter<byte>(source), label.Name),
            var type when type == typeof(ushort) => Key(row.GetGetter<ushort>(source), label.Name),
            var type when type == typeof(uint) => Key(row.GetGetter<uint>(source), label.Name),
            var type when type == typeof(ulong) => Key(row.GetGetter<ulong>(source), label.Name),
            var type => throw new NotSupportedException($"The label column '{label.Name}' holds {type}, which is neither a Boolean, a Single nor a key."),
        };
    }

    private static Func<int, float> Boolean(ValueGetter<bool> getter) => _ =>
    {
        var value = false;
        getter(ref value);
        return value ? 1f : 0f;
    };

    private static Func<int, float> Number(ValueGetter<float> getter, string name) => row =>
    {
        var value = 0f;
        getter(ref value);
        return float.IsFinite(value) ? value : throw new TrainingDataException(name,
            $"The label column '{name}' is {value} in row {row}. Every label must be a finite number: remove such rows, for example with ml.Data.FilterRowsByMissingValues.");
    };

    private static Func<int, float> Key<T>(ValueGetter<T> getter, string name) where T : struct, INumberBase<T> => row =>
    {
        var value = T.Zero;
        getter(ref value);
        return !T.IsZero(value) ? float.CreateTruncating(value) - 1 : throw new TrainingDataException(name,
            $"The label column '{name}' is missing (key 0) in row {row}. Every row needs a label: remove such rows, for example with ml.Data.FilterRowsByMissingValues.");
    };
}
