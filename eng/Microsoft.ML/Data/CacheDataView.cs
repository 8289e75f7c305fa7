using System;

namespace Microsoft.ML.Data;

internal sealed class CacheDataView : IDataView
{
    public CacheDataView(IDataView input, int[] prefetch) => throw new NotImplementedException();
    public bool CanShuffle => true;
    public DataViewSchema Schema => null;
    public long? GetRowCount() => null;
    public DataViewRowCursor GetRowCursor(System.Collections.Generic.IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => null;
    public DataViewRowCursor[] GetRowCursorSet(System.Collections.Generic.IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => null;
}
