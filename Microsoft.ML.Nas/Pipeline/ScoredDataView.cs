namespace Microsoft.ML.Nas;

/// <summary>Data with a model's columns added. Lazy: rows are scored, in batches, as a cursor moves over them.</summary>
internal sealed class ScoredDataView(IDataView input, ScoreBinding binding) : IDataView
{
    /// <inheritdoc/>
    public DataViewSchema Schema => binding.Output;

    /// <inheritdoc/>
    public bool CanShuffle => input.CanShuffle;

    /// <inheritdoc/>
    public long? GetRowCount() => input.GetRowCount();

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        return Wrap(input.GetRowCursor(binding.Dependencies(columns), rand), columns);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        return Array.ConvertAll(input.GetRowCursorSet(binding.Dependencies(columns), n, rand), cursor => Wrap(cursor, columns));
    }

    private DataViewRowCursor Wrap(DataViewRowCursor cursor, DataViewSchema.Column[] columns) => Array.Exists(columns, binding.IsAdded)
        ? new ScoringCursor(binding, cursor, binding.Active(columns))
        : new UnscoredCursor(binding, cursor);
}
