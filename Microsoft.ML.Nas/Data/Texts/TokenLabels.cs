using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>Reads labels of tokens as texts: a vector of keys, or of Text.</summary>
internal static class TokenLabels
{
    /// <summary>Binds to a column. A function of nothing gives the current row's labels; a missing one is empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column holds something else.</exception>
    public static Func<string[]> Create(DataViewRow row, DataViewSchema.Column column, string argument) => (column.Type as VectorDataViewType)?.ItemType switch
    {
        TextDataViewType => Read(row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column), static text => text.ToString()),
        KeyDataViewType key when key.RawType == typeof(byte) => Keys<byte>(row, column),
        KeyDataViewType key when key.RawType == typeof(ushort) => Keys<ushort>(row, column),
        KeyDataViewType key when key.RawType == typeof(uint) => Keys<uint>(row, column),
        KeyDataViewType => Keys<ulong>(row, column),
        _ => throw new ArgumentOutOfRangeException(argument, column.Name, $"The column '{column.Name}' has the type {ColumnInfo.From(column).TypeName}; labels of tokens are a vector of keys, or of Text."),
    };

    private static Func<string[]> Keys<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        var texts = KeyValues.Of(column)?.Texts;
        return Read(row.GetGetter<VBuffer<T>>(column), key => T.IsZero(key) ? "" : texts is { } values ? values[int.CreateChecked(key) - 1] : $"{key}");
    }

    private static Func<string[]> Read<T>(ValueGetter<VBuffer<T>> getter, Func<T, string> text)
    {
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            return [.. buffer.DenseValues().Select(text)];
        };
    }
}
