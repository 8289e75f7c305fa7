using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Keeps a source's values in memory, column by column, from the first time that a column is asked for.</summary>
internal sealed class CacheDataView : IDataView
{
    private const int InitialRows = 1024;

    private readonly IDataView _source;
    private readonly RowBuffer[] _columns;
    private readonly object _lock = new();
    private int _rowCount = -1;

    public CacheDataView(IDataView source, IReadOnlyList<int> prefetch)
    {
        _source = source;
        _columns = new RowBuffer[source.Schema.Count];
        if (prefetch.Count > 0)
            Load(prefetch);
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _rowCount >= 0 ? _rowCount : _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = Rows.Active(Schema, columnsNeeded);
        Load([.. Enumerable.Range(0, active.Length).Where(i => active[i])]);
        var order = rand is null ? null : Permutation(rand, _rowCount);
        n = Math.Clamp(n, 1, Environment.ProcessorCount);
        return [.. Enumerable.Range(0, n).Select(i => new CacheCursor(Schema, _columns, active, order, _rowCount, i, n))];
    }

    private static int[] Permutation(Random rand, int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = 0; i < count; i++)
        {
            var other = rand.Next(count - i) + i;
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private void Load(IReadOnlyList<int> columns)
    {
        lock (_lock)
        {
            var missing = columns.Where(i => _columns[i] is null).ToList();
            if (missing.Count == 0 && _rowCount >= 0)
                return;
            using var cursor = _source.GetRowCursor(missing.Select(i => Schema[i]));
            var buffers = missing.Select(i => RowBuffer.Create(cursor, Schema[i])).ToList();
            var capacity = 0;
            var rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                if (rows == capacity)
                    Resize(buffers, capacity = (int)Math.Max(Math.Max(InitialRows, 2L * capacity), _source.GetRowCount() ?? 0));
                foreach (var buffer in buffers)
                    buffer.Fill(rows);
            }

            Resize(buffers, rows);
            for (var i = 0; i < missing.Count; i++)
            {
                buffers[i].Detach();
                _columns[missing[i]] = buffers[i];
            }

            _rowCount = rows;
        }
    }

    private static void Resize(List<RowBuffer> buffers, int rows)
    {
        foreach (var buffer in buffers)
            buffer.Resize(rows);
    }
}
