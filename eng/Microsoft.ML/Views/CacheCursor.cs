using System;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Every n-th block of the cached rows, in their own or in a given order.</summary>
internal sealed class CacheCursor : RowCursor
{
    private const int BlockRows = 64;

    private readonly int[] _order;
    private readonly int _rowCount;
    private readonly int _cursors;
    private readonly RowPointer _pointer = new();
    private readonly Delegate[] _getters;
    private int _next;

    public CacheCursor(DataViewSchema schema, RowBuffer[] columns, bool[] active, int[] order, int rowCount, int first, int cursors)
    {
        Schema = schema;
        _order = order;
        _rowCount = rowCount;
        _cursors = cursors;
        _next = first * BlockRows;
        _getters = [.. columns.Select((column, i) => active[i] ? column.Getter(_pointer) : null)];
    }

    public override DataViewSchema Schema { get; }

    public override long Batch => _cursors == 1 ? 0 : (_next - 1) / BlockRows;

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Rows.Getter<TValue>(_getters, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        CheckOnRow();
        id = new DataViewRowId((ulong)_pointer.Row, 0);
    };

    protected override bool MoveNextCore()
    {
        // Past the end of a block of its own a cursor leaves out the blocks of the others.
        if (_cursors > 1 && _next % BlockRows == 0 && Position >= 0)
            _next += (_cursors - 1) * BlockRows;
        if (_next >= _rowCount)
            return false;
        _pointer.Row = _order is null ? _next : _order[_next];
        _next++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _pointer.Row = -1;
        base.Dispose(disposing);
    }
}
