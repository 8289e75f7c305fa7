using System;
using System.Collections.Generic;

namespace Microsoft.ML.Data;

/// <summary>A view of objects; their members are its columns.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> data, MemberColumn[] columns) : IDataView where TRow : class
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = MemberColumn.SchemaOf(columns);

    public long? GetRowCount() => (data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(data.GetEnumerator(), columns, Schema, Rows.Active(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RowCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly ObjectSlot<TRow> _slot = new();
        private readonly Delegate[] _getters;

        public Cursor(IEnumerator<TRow> rows, MemberColumn[] columns, DataViewSchema schema, bool[] active)
        {
            _rows = rows;
            Schema = schema;
            _getters = _slot.Getters(columns, i => active[i]);
        }

        public override DataViewSchema Schema { get; }

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Rows.Getter<TValue>(_getters, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            CheckOnRow();
            id = new DataViewRowId((ulong)Position, 0);
        };

        protected override bool MoveNextCore()
        {
            var moved = _rows.MoveNext();
            _slot.Current = moved ? _rows.Current : null;
            return moved;
        }

        protected override void Dispose(bool disposing)
        {
            _slot.Current = null;
            if (disposing)
                _rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
