namespace Microsoft.ML.Data;

internal sealed class MappedRow(DataViewRow input, DataViewSchema schema, MappedGetters getters) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => getters.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(input, column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
    }
}
