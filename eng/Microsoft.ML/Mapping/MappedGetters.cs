using System;

namespace Microsoft.ML.Data;

/// <summary>Where a mapped row's columns come from: an index of the input row's columns, or the complement of an added getter's.</summary>
internal sealed class MappedGetters(int[] source, bool[] active, Delegate[] added)
{
    public bool IsActive(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < active.Length, nameof(column), "requested column not valid.");
        return active[column.Index];
    }

    public ValueGetter<T> Get<T>(DataViewRow input, DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsActive(column), nameof(column), $"requested column '{column.Name}' not active");
        var index = source[column.Index];
        return index >= 0
            ? input.GetGetter<T>(input.Schema[index])
            : added[~index] as ValueGetter<T> ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter: '{typeof(T)}', expected type: '{added[~index].GetType().GetGenericArguments()[0]}'.");
    }
}
