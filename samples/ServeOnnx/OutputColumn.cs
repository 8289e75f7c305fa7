using System.Text.Json;

using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ServeOnnx;

/// <summary>The values of one output, for the rows of one request.</summary>
internal sealed class OutputColumn
{
    private readonly int _width;
    private readonly Action<Utf8JsonWriter, int> _writeElement;

    private OutputColumn(string name, int width, Action<Utf8JsonWriter, int> writeElement)
    {
        Name = name;
        _width = width;
        _writeElement = writeElement;
    }

    public string Name { get; }

    /// <summary>Copies what the model gave.</summary>
    /// <exception cref="ModelFileException">It is not one value or vector for each row.</exception>
    public static OutputColumn Read(string name, OrtValue value, int rows)
    {
        var info = value.GetTensorTypeAndShape();
        if (info.Shape is not ([_] or [_, _]) || info.Shape[0] != rows)
            throw new ModelFileException($"Output '{name}' has shape [{string.Join(", ", info.Shape)}] for {rows} rows; [{rows}] or [{rows}, k] can be served.");

        return new(name, info.Shape is [_, long width] ? (int)width : 1, info.ElementDataType switch
        {
            TensorElementType.Float => Numbers<float>(value, WriteNumber),
            TensorElementType.Double => Numbers<double>(value, WriteNumber),
            TensorElementType.Int8 => Numbers<sbyte>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.Int16 => Numbers<short>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.Int32 => Numbers<int>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.Int64 => Numbers<long>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.UInt8 => Numbers<byte>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.UInt16 => Numbers<ushort>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.UInt32 => Numbers<uint>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.UInt64 => Numbers<ulong>(value, (json, number) => json.WriteNumberValue(number)),
            TensorElementType.Bool => Numbers<bool>(value, (json, truth) => json.WriteBooleanValue(truth)),
            TensorElementType.String => Texts(value),
            var type => throw new ModelFileException($"Output '{name}' is of type {type}, which cannot be served."),
        });
    }

    /// <summary>Writes a row's value: an array where it is a vector of more than one.</summary>
    public void Write(Utf8JsonWriter json, int row)
    {
        if (_width == 1)
        {
            _writeElement(json, row);
            return;
        }

        json.WriteStartArray();
        for (int i = 0; i < _width; i++)
            _writeElement(json, (row * _width) + i);
        json.WriteEndArray();
    }

    private static Action<Utf8JsonWriter, int> Numbers<T>(OrtValue value, Action<Utf8JsonWriter, T> write) where T : unmanaged
    {
        T[] numbers = value.GetTensorDataAsSpan<T>().ToArray();
        return (json, i) => write(json, numbers[i]);
    }

    private static Action<Utf8JsonWriter, int> Texts(OrtValue value)
    {
        string[] texts = value.GetStringTensorAsArray();
        return (json, i) => json.WriteStringValue(texts[i]);
    }

    // JSON has no NaN and no infinity.
    private static void WriteNumber(Utf8JsonWriter json, float number)
    {
        if (float.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteNullValue();
    }

    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteNullValue();
    }
}
