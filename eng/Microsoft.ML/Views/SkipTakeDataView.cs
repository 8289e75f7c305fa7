using System;
using System.Collections.Generic;

namespace Microsoft.ML.Data;

/// <summary>The rows of a source from one to another, always in the source's own order.</summary>
internal sealed class SkipTakeDataView(IDataView source, long skip, long take) : SameColumnsDataView(source)
{
    public override bool CanShuffle => false;

    public override long? GetRowCount() => Source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = Rows.Active(Schema, columnsNeeded);
        return new Cursor(Source.GetRowCursor(Rows.In(Source.Schema, columnsNeeded)), Schema, active, skip, take);
    }

    private sealed class Cursor(DataViewRowCursor input, DataViewSchema schema, bool[] active, long skip, long take) : FilterCursor(input, schema, active)
    {
        private readonly DataViewRowCursor _input = input;
        private long _skip = skip;
        private long _take = take;

        public override long Batch => 0;

        protected override bool MoveNextCore()
        {
            if (_take-- <= 0)
                return false;
            for (; _skip > 0; _skip--)
            {
                if (!_input.MoveNext())
                    return false;
            }

            return _input.MoveNext();
        }
    }
}
