using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A source's rows in random order: each is picked from the next few, and the source itself is shuffled first where it can be.</summary>
internal sealed class ShuffleDataView(IDataView source, int seed, int poolSize, bool shuffleSource) : SameColumnsDataView(source)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => Source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        rand ??= new TauswortheRandom((uint)seed);
        var sourceRandom = shuffleSource ? new TauswortheRandom(rand) : null;
        var active = Rows.Active(Schema, columnsNeeded);
        var input = Source.GetRowCursor(Rows.In(Source.Schema, columnsNeeded), sourceRandom);
        return poolSize == 1 ? new PlainCursor(input, Schema, active) : new Cursor(input, Schema, active, poolSize, rand);
    }

    private sealed class PlainCursor(DataViewRowCursor input, DataViewSchema schema, bool[] active) : FilterCursor(input, schema, active)
    {
        private readonly DataViewRowCursor _input = input;

        protected override bool MoveNextCore() => _input.MoveNext();
    }

    private sealed class Cursor : RowCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly Random _random;
        private readonly RowPointer _pointer = new();
        private readonly RowBuffer[] _buffers;
        private readonly Delegate[] _getters;
        private readonly ValueGetter<DataViewRowId> _inputId;
        private readonly DataViewRowId[] _ids;
        private readonly int[] _slots;
        private int _first;
        private int _live;
        private bool _exhausted;

        public Cursor(DataViewRowCursor input, DataViewSchema schema, bool[] active, int poolSize, Random random)
        {
            _input = input;
            _random = random;
            Schema = schema;
            var buffers = schema.Select(column => active[column.Index] ? RowBuffer.Create(input, input.Schema[column.Index]) : null).ToArray();
            _buffers = [.. buffers.Where(buffer => buffer is not null)];
            foreach (var buffer in _buffers)
                buffer.Resize(poolSize);
            _getters = [.. buffers.Select(buffer => buffer?.Getter(_pointer))];
            _inputId = input.GetIdGetter();
            _ids = new DataViewRowId[poolSize];
            _slots = [.. Enumerable.Range(0, poolSize)];
        }

        public override DataViewSchema Schema { get; }

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Rows.Getter<TValue>(_getters, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            CheckOnRow();
            id = _ids[_pointer.Row];
        };

        // A ring of live rows: the picked one changes places with the first, whose slot is the next to be filled again.
        protected override bool MoveNextCore()
        {
            Fill();
            if (_live == 0)
                return false;
            var picked = (_first + _random.Next(_live)) % _slots.Length;
            (_slots[_first], _slots[picked]) = (_slots[picked], _slots[_first]);
            _pointer.Row = _slots[_first];
            _first = (_first + 1) % _slots.Length;
            _live--;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _pointer.Row = -1;
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        private void Fill()
        {
            while (!_exhausted && _live < _slots.Length)
            {
                if (!_input.MoveNext())
                {
                    _exhausted = true;
                    return;
                }

                var slot = _slots[(_first + _live++) % _slots.Length];
                _inputId(ref _ids[slot]);
                foreach (var buffer in _buffers)
                    buffer.Fill(slot);
            }
        }
    }
}
