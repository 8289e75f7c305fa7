using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    /// <summary>The values of a column. Text comes as strings or as characters, vectors as buffers or as arrays.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckNonEmpty(columnName, nameof(columnName));
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        var type = column.Type;
        if (type.RawType == typeof(T) && type is not VectorDataViewType)
            return Read<T, T>(data, column, value => value);
        if (type is TextDataViewType && typeof(T) == typeof(string))
            return (IEnumerable<T>)(object)Read<ReadOnlyMemory<char>, string>(data, column, text => text.ToString());
        if (type is VectorDataViewType vector && type.RawType == typeof(T))
            return Generic.Call<IEnumerable<T>>(ReadBuffers<int>, vector.ItemType.RawType, data, column);
        if (type is VectorDataViewType { ItemType: TextDataViewType } && typeof(T) == typeof(string[]))
        {
            return (IEnumerable<T>)(object)Read<VBuffer<ReadOnlyMemory<char>>, string[]>(
                data, column, value => [.. value.DenseValues().Select(text => text.ToString())]);
        }

        if (type is VectorDataViewType items && typeof(T) == items.ItemType.RawType.MakeArrayType())
            return Generic.Call<IEnumerable<T>>(ReadArrays<int>, items.ItemType.RawType, data, column);
        throw new ArgumentOutOfRangeException(
            nameof(column), $"Could not map a data view column '{column.Name}' of type {type} to {typeof(T)}.");
    }

    private static IEnumerable<VBuffer<T>> ReadBuffers<T>(IDataView data, DataViewSchema.Column column) => Read<VBuffer<T>, VBuffer<T>>(data, column, value =>
    {
        VBuffer<T> copy = default;
        value.CopyTo(ref copy);
        return copy;
    });

    private static IEnumerable<T[]> ReadArrays<T>(IDataView data, DataViewSchema.Column column)
        => Read<VBuffer<T>, T[]>(data, column, value => [.. value.DenseValues()]);

    private static IEnumerable<TOut> Read<T, TOut>(IDataView data, DataViewSchema.Column column, Func<T, TOut> convert)
    {
        using var cursor = data.GetRowCursor([data.Schema[column.Index]]);
        var getter = cursor.GetGetter<T>(data.Schema[column.Index]);
        T value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return convert(value);
        }
    }
}
