using System;

namespace Microsoft.ML.Data;

/// <summary>A cursor that keeps its own position; it disposes itself at the end of its rows.</summary>
internal abstract class RowCursor : DataViewRowCursor
{
    private long _position = -1;
    private bool _disposed;

    public sealed override long Position => _position;

    public sealed override bool MoveNext()
    {
        if (!_disposed && MoveNextCore())
        {
            _position++;
            return true;
        }

        Dispose();
        return false;
    }

    protected abstract bool MoveNextCore();

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _position = -1;
        base.Dispose(disposing);
    }

    protected void CheckOnRow() => Contracts.Check(_position >= 0, Rows.NoRow);
}
