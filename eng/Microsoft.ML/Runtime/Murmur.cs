using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Microsoft.ML.Runtime;

/// <summary>MurmurHash3, 32 bits.</summary>
internal static class Murmur
{
    public static uint Round(uint hash, uint chunk)
    {
        hash ^= BitOperations.RotateLeft(chunk * 0xcc9e2d51, 15) * 0x1b873593;
        return (BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64;
    }

    public static uint Hash(ReadOnlySpan<byte> bytes, uint seed)
    {
        var hash = seed;
        var rest = bytes;
        for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
            hash = Round(hash, BinaryPrimitives.ReadUInt32LittleEndian(rest));
        uint tail = 0;
        for (var i = 0; i < rest.Length; i++)
            tail |= (uint)rest[i] << (8 * i);
        hash ^= BitOperations.RotateLeft(tail * 0xcc9e2d51, 15) * 0x1b873593;
        return Mix(hash ^ (uint)bytes.Length);
    }

    public static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
