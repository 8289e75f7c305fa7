using System;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Reads keys of any width; 0 is missing, 1 the first.</summary>
internal static class KeyReader
{
    public static Func<ulong> Create(DataViewRow row, DataViewSchema.Column column)
        => Generic.Call<Func<ulong>>(Create<int>, column.Type.RawType, row, column);

    private static Func<ulong> Create<T>(DataViewRow row, DataViewSchema.Column column) where T : struct, IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            var key = T.Zero;
            getter(ref key);
            return ulong.CreateTruncating(key);
        };
    }
}
