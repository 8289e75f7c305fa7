using System.Numerics;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data;

/// <summary>Rows of a table as the tensors that an exported model takes.</summary>
internal static class RawTensors
{
    /// <summary>One tensor per feature column, <c>[rows, size]</c>, by the column's name.</summary>
    public static IReadOnlyDictionary<string, OnnxTensor> Of(RawTable table, ReadOnlySpan<int> rows)
    {
        var tensors = new Dictionary<string, OnnxTensor>();
        int number = 0, category = 0;
        foreach (var column in table.Plan.Features)
        {
            if (column.IsNumeric)
            {
                tensors.Add(column.Name, Numbers(table.Numbers.AsSpan(number, column.Size), column.RawType, rows));
                number += column.Size;
            }
            else
            {
                tensors.Add(column.Name, Categories(table.Categories.AsSpan(category, column.Size), column.RawType, rows));
                category += column.Size;
            }
        }
        return tensors;
    }

    private static OnnxTensor Numbers(ReadOnlySpan<NumberColumn> slots, Type type, ReadOnlySpan<int> rows) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => Numbers<float>(slots, rows),
        TypeCode.Double => Numbers<double>(slots, rows),
        TypeCode.SByte => Numbers<sbyte>(slots, rows),
        TypeCode.Byte => Numbers<byte>(slots, rows),
        TypeCode.Int16 => Numbers<short>(slots, rows),
        TypeCode.UInt16 => Numbers<ushort>(slots, rows),
        TypeCode.Int32 => Numbers<int>(slots, rows),
        TypeCode.UInt32 => Numbers<uint>(slots, rows),
        TypeCode.Int64 => Numbers<long>(slots, rows),
        TypeCode.UInt64 => Numbers<ulong>(slots, rows),
        _ => Fill(slots, rows, static (column, row) => column[row] != 0),
    };

    private static OnnxTensor Numbers<T>(ReadOnlySpan<NumberColumn> slots, ReadOnlySpan<int> rows) where T : INumberBase<T> =>
        Fill(slots, rows, static (column, row) => T.CreateSaturating(column[row]));

    private static OnnxTensor Categories(ReadOnlySpan<CategoryColumn> slots, Type type, ReadOnlySpan<int> rows) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => Keys<byte>(slots, rows),
        TypeCode.UInt16 => Keys<ushort>(slots, rows),
        TypeCode.UInt32 => Keys<uint>(slots, rows),
        TypeCode.UInt64 => Keys<ulong>(slots, rows),
        _ => Fill(slots, rows, static (column, row) => column.Codes[row] is > 0 and var code ? column.Values[code - 1].Text! : ""),
    };

    private static OnnxTensor Keys<T>(ReadOnlySpan<CategoryColumn> slots, ReadOnlySpan<int> rows) where T : INumberBase<T> =>
        Fill(slots, rows, static (column, row) => column.Codes[row] is > 0 and var code ? T.CreateChecked(column.Values[code - 1].Key) : T.Zero);

    private static OnnxTensor Fill<TColumn, T>(ReadOnlySpan<TColumn> slots, ReadOnlySpan<int> rows, Func<TColumn, int, T> read)
    {
        var values = new T[rows.Length * slots.Length];
        for (var i = 0; i < rows.Length; i++)
            for (var slot = 0; slot < slots.Length; slot++) values[i * slots.Length + slot] = read(slots[slot], rows[i]);
        return OnnxTensor.Create(values, rows.Length, slots.Length);
    }
}
