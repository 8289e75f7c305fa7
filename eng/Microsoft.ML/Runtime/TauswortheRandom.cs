using System;

namespace Microsoft.ML.Runtime;

/// <summary>
/// The hybrid Tausworthe generator of GPU Gems 3, chapter 37: the real library's generator, so that seeded splits and shuffles are the same ones.
/// </summary>
internal sealed class TauswortheRandom : Random
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    public TauswortheRandom(uint seed)
    {
        _z1 = seed;
        _z2 = Murmur.Round(_z1, seed);
        _z3 = Murmur.Round(_z2, seed);
        _z4 = Murmur.Round(_z3, seed);
    }

    public TauswortheRandom(Random source)
    {
        _z1 = AtLeast128(source);
        _z2 = AtLeast128(source);
        _z3 = AtLeast128(source);
        _z4 = NextUInt32(source);
    }

    public static TauswortheRandom Create(int? seed) => seed is { } value ? new((uint)value) : new(new Random());

    public override double NextDouble() => Step() * (1.0 / (1L << 32));

    public override float NextSingle() => (Step() >> 9) * (1.0f / (1 << 23));

    public override int Next() => (int)(Step() & int.MaxValue);

    public override int Next(int maxValue)
    {
        Contracts.CheckParam(maxValue >= 0, nameof(maxValue), "maxValue must be non-negative");
        return (int)(((ulong)Step() * (ulong)maxValue) >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        Contracts.CheckParam(minValue <= maxValue, nameof(minValue), "minValue must be less than or equal to maxValue.");
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    public override void NextBytes(byte[] buffer) => NextBytes(Contracts.CheckValue(buffer, nameof(buffer)).AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var value in buffer)
            value = (byte)Next();
    }

    public int NextSigned() => (int)Step();

    protected override double Sample() => NextDouble();

    private static uint NextUInt32(Random source) => ((uint)source.Next(0x10000) << 16) | (uint)source.Next(0x10000);

    // The Tausworthe steps mask low bits away: a smaller seed would collapse to zero.
    private static uint AtLeast128(Random source)
    {
        uint value;
        do
            value = NextUInt32(source);
        while (value < 128);
        return value;
    }

    private static uint Tausworthe(uint z, int s1, int s2, int s3, uint mask) => ((z & mask) << s3) ^ (((z << s1) ^ z) >> s2);

    private uint Step()
    {
        _z1 = Tausworthe(_z1, 13, 19, 12, ~0x1u);
        _z2 = Tausworthe(_z2, 2, 25, 4, ~0x7u);
        _z3 = Tausworthe(_z3, 3, 11, 17, ~0xfu);
        _z4 = (1664525 * _z4) + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }
}
