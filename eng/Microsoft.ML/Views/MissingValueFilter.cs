using System;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Leaves out the rows in which a column has NaN or a missing key.</summary>
internal static class MissingValueFilter
{
    public static IDataView Apply(IDataView data, string[] columnNames)
    {
        var columns = columnNames.Select(name => data.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException("columns", $"Source column '{name}' not found")).ToArray();
        foreach (var column in columns)
        {
            Contracts.CheckParam(
                TextParsers.HasMissing(ItemMap.ItemType(column.Type)),
                "columns",
                $"Column '{column.Name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
        }

        return new FilterDataView(data, [.. columns.Select(column => column.Index)], row =>
        {
            var tests = columns.Select(column => Generic.Call<Func<bool>>(MakeTest<int>, ItemMap.ItemType(column.Type).RawType, row, column)).ToArray();
            return () => !Array.Exists(tests, isMissing => isMissing());
        });
    }

    private static Func<bool> MakeTest<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var isMissing = MissingValues.Test<T>(ItemMap.ItemType(column.Type));
        if (column.Type is VectorDataViewType)
        {
            var vectors = row.GetGetter<VBuffer<T>>(column);
            VBuffer<T> vector = default;
            return () =>
            {
                vectors(ref vector);
                return vector.DenseValues().Any(isMissing);
            };
        }

        var scalars = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            scalars(ref value);
            return isMissing(value);
        };
    }
}
