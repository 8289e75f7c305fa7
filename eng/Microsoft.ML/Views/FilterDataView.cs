using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>The rows of a source that pass a test.</summary>
/// <param name="columns">The columns, by index, that the test reads.</param>
/// <param name="makeTest">Makes the test, called once on each row in turn, for one cursor.</param>
internal sealed class FilterDataView(IDataView source, IReadOnlyList<int> columns, Func<DataViewRowCursor, Func<bool>> makeTest)
    : SameColumnsDataView(source)
{
    public override bool CanShuffle => Source.CanShuffle;

    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = Rows.Active(Schema, columnsNeeded);
        var input = Source.GetRowCursor(Source.Schema.Where(column => active[column.Index] || columns.Contains(column.Index)), rand);
        return new Cursor(input, Schema, active, makeTest(input));
    }

    private sealed class Cursor(DataViewRowCursor input, DataViewSchema schema, bool[] active, Func<bool> test) : FilterCursor(input, schema, active)
    {
        private readonly DataViewRowCursor _input = input;

        protected override bool MoveNextCore()
        {
            while (_input.MoveNext())
            {
                if (test())
                    return true;
            }

            return false;
        }
    }
}
