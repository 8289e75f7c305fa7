using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Some or all rows of a source, with the same columns in a schema of its own.</summary>
internal abstract class SameColumnsDataView : IDataView
{
    private protected SameColumnsDataView(IDataView source)
    {
        Source = source;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source.Schema);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public abstract bool CanShuffle { get; }

    private protected IDataView Source { get; }

    public abstract long? GetRowCount();

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>A cursor over some of another's rows. What it reads for itself is not active to others.</summary>
internal abstract class FilterCursor(DataViewRowCursor input, DataViewSchema schema, bool[] active) : RowCursor
{
    public override DataViewSchema Schema => schema;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column), $"requested column '{column.Name}' not active");
        return input.GetGetter<TValue>(input.Schema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
