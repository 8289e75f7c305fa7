using System;

namespace Microsoft.ML.Data;

/// <summary>A row that is one object at a time; all its columns are active.</summary>
internal sealed class InputRow<TRow> : DataViewRow where TRow : class
{
    private readonly ObjectSlot<TRow> _slot = new();
    private readonly Delegate[] _getters;
    private long _position = -1;

    public InputRow(SchemaDefinition definition)
    {
        var columns = MemberColumn.Bind(typeof(TRow), SchemaDefinition.Direction.Read, definition);
        Schema = MemberColumn.SchemaOf(columns);
        _getters = _slot.Getters(columns, _ => true);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void Read(TRow row)
    {
        _slot.Current = Contracts.CheckValue(row, nameof(row));
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Rows.Getter<TValue>(_getters, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);
}
