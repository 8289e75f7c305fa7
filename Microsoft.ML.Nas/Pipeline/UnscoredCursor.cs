using Microsoft.ML.Data;

namespace Microsoft.ML.Nas;

/// <summary>A cursor over scored data when none of the model's columns is asked for: the input's own.</summary>
internal sealed class UnscoredCursor(ScoreBinding binding, DataViewRowCursor input) : DataViewRowCursor
{
    public override DataViewSchema Schema => binding.Output;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool MoveNext() => input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => !binding.IsAdded(column) && input.IsColumnActive(binding.Input[column.Index]);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => binding.IsAdded(column)
        ? throw new InvalidOperationException($"The column '{column.Name}' is not active; name it in the columns needed.")
        : input.GetGetter<TValue>(binding.Input[column.Index]);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
