using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>What views, rows and mappers share.</summary>
internal static class Rows
{
    public const string NoRow = "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, "
        + "or at any point after MoveNext returned false.";

    /// <summary>Which columns of a schema are asked for.</summary>
    public static bool[] Active(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        Contracts.CheckValue(columns, nameof(columns));
        var active = new bool[schema.Count];
        foreach (var column in columns)
        {
            Contracts.CheckParam(column.Index < active.Length, nameof(columns), $"Column '{column.Name}' is not one of this view's columns.");
            active[column.Index] = true;
        }

        return active;
    }

    public static ValueGetter<T> Getter<T>(Delegate[] getters, DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < getters.Length, nameof(column), "requested column not valid.");
        return getters[column.Index] switch
        {
            ValueGetter<T> getter => getter,
            null => throw new ArgumentOutOfRangeException(nameof(column), $"requested column '{column.Name}' not active"),
            var other => throw new InvalidOperationException(
                $"Invalid TValue in GetGetter for column '{column.Name}': '{typeof(T)}', expected type: '{other.GetType().GetGenericArguments()[0]}'."),
        };
    }

    /// <summary>The columns of another view that has the same ones, as a filter has of its source.</summary>
    public static IEnumerable<DataViewSchema.Column> In(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
        => columns.Select(column => schema[column.Index]);

    /// <summary>A getter of a column whose type is only known at run time.</summary>
    public static Delegate GetterOf(DataViewRow row, DataViewSchema.Column column)
        => Generic.Call<Delegate>(GetterOf<int>, column.Type.RawType, row, column);

    private static Delegate GetterOf<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
