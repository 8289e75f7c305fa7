using System.Text.Json;

using Microsoft.ML.OnnxRuntime;

namespace ServeOnnx;

/// <summary>An input column of one element type.</summary>
internal sealed class InputColumn<T>(string name, string type, IReadOnlyList<object> shape, ValueReader<T> reader) : InputColumn(name, type, shape)
{
    public override string Expected
    {
        get
        {
            string one = reader.Expected + (reader.HasMissing ? ", or null for a missing value" : "");
            return Width == 1 ? one : $"an array of {Width} elements, each {one}";
        }
    }

    public override InputBuffer CreateBuffer(int rows) => new Buffer(this, reader, rows);

    private sealed class Buffer(InputColumn column, ValueReader<T> reader, int rows) : InputBuffer
    {
        private readonly T[] _values = new T[rows * column.Width];

        public override void Set(int row, JsonElement? value)
        {
            if (value is null or { ValueKind: JsonValueKind.Null })
            {
                if (!reader.HasMissing)
                    throw BadRequestException.InValue(row, column.Name, value, column.Expected);
                _values.AsSpan(row * column.Width, column.Width).Fill(reader.Missing);
            }
            else if (column.Width == 1)
            {
                if (!reader.TryRead(value.Value, out _values[row]))
                    throw BadRequestException.InValue(row, column.Name, value, column.Expected);
            }
            else
            {
                SetVector(row, value.Value);
            }
        }

        public override OrtValue ToTensor() => reader.ToTensor(_values, column.Shape.Count == 1 ? [rows] : [rows, column.Width]);

        private void SetVector(int row, JsonElement vector)
        {
            if (vector.ValueKind != JsonValueKind.Array || vector.GetArrayLength() != column.Width)
            {
                string found = vector.ValueKind == JsonValueKind.Array ? $" (this has {vector.GetArrayLength()})" : "";
                throw BadRequestException.InValue(row, column.Name, vector, column.Expected + found);
            }

            int element = 0;
            foreach (var value in vector.EnumerateArray())
            {
                ref T slot = ref _values[(row * column.Width) + element];
                if (value.ValueKind == JsonValueKind.Null && reader.HasMissing)
                    slot = reader.Missing;
                else if (!reader.TryRead(value, out slot))
                    throw BadRequestException.InValue(row, column.Name, value, column.Expected, element);
                element++;
            }
        }
    }
}
