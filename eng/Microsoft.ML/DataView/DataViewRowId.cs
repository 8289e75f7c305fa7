using System;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit row identity; Fork, Next and Combine are the steps of MurmurHash3 (x64, 128 bits).</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    public DataViewRowId Fork() => Round(BitOperations.RotateLeft(C1, 31) * C2, 0, forked: true);

    public DataViewRowId Next() => Round(0, 0, forked: true);

    public DataViewRowId Combine(DataViewRowId other)
    {
        other = other.Fork();
        var k1 = BitOperations.RotateLeft(other.Low * C1, 31) * C2;
        var k2 = BitOperations.RotateLeft(other.High * C2, 33) * C1;
        return Round(k1, k2, forked: false);
    }

    // A forked id mixes its block in after the round, a combined one before it.
    private DataViewRowId Round(ulong k1, ulong k2, bool forked)
    {
        var h1 = forked ? Low : Low ^ k1;
        h1 = ((BitOperations.RotateLeft(h1, 27) + High) * 5) + 0x52dce729;
        var h2 = forked ? High : High ^ k2;
        h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495ab5;
        return new DataViewRowId(forked ? h1 ^ k1 : h1, h2);
    }
}
