using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Tests.Data;

/// <summary>The feature columns of a data view as tensors, read through its own getters.</summary>
internal static class RawColumns
{
    public static IReadOnlyDictionary<string, OnnxTensor> Of(IDataView view, ColumnPlan plan) =>
        plan.Features.ToDictionary(static column => column.Name, column => Read(view, view.Schema[column.Name]));

    public static OnnxTensor Read(IDataView view, DataViewSchema.Column column)
    {
        var item = (column.Type as VectorDataViewType)?.ItemType.RawType ?? column.Type.RawType;
        var size = (column.Type as VectorDataViewType)?.Size ?? 1;
        return item switch
        {
            var type when type == typeof(ReadOnlyMemory<char>) => Tensor(Values<ReadOnlyMemory<char>>(view, column).Select(static text => text.ToString()), size),
            var type when type == typeof(float) => Tensor(Values<float>(view, column), size),
            var type when type == typeof(double) => Tensor(Values<double>(view, column), size),
            var type when type == typeof(sbyte) => Tensor(Values<sbyte>(view, column), size),
            var type when type == typeof(byte) => Tensor(Values<byte>(view, column), size),
            var type when type == typeof(short) => Tensor(Values<short>(view, column), size),
            var type when type == typeof(ushort) => Tensor(Values<ushort>(view, column), size),
            var type when type == typeof(int) => Tensor(Values<int>(view, column), size),
            var type when type == typeof(uint) => Tensor(Values<uint>(view, column), size),
            var type when type == typeof(long) => Tensor(Values<long>(view, column), size),
            var type when type == typeof(ulong) => Tensor(Values<ulong>(view, column), size),
            _ => Tensor(Values<bool>(view, column), size),
        };
    }

    private static OnnxTensor Tensor<T>(IEnumerable<T> values, int size)
    {
        var all = values.ToArray();
        return OnnxTensor.Create(all, all.Length / size, size);
    }

    /// <summary>All values of a column, row by row, slot by slot.</summary>
    public static List<T> Values<T>(IDataView view, DataViewSchema.Column column)
    {
        var values = new List<T>();
        using var cursor = view.GetRowCursor([column]);
        if (column.Type is VectorDataViewType)
        {
            var getter = cursor.GetGetter<VBuffer<T>>(column);
            VBuffer<T> vector = default;
            while (cursor.MoveNext())
            {
                getter(ref vector);
                values.AddRange(vector.DenseValues());
            }
            return values;
        }
        var scalar = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            scalar(ref value);
            values.Add(value);
        }
        return values;
    }
}
