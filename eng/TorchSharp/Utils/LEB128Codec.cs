#nullable disable
namespace TorchSharp.Utils;

/// <summary>Variable-length integers of saved modules: seven bits a byte, low bits first.</summary>
internal static class LEB128Codec
{
    public static void Encode(this BinaryWriter writer, long value)
    {
        while (value >= 0x80)
        {
            writer.Write((byte)(value & 0x7f | 0x80));
            value >>= 7;
        }
        writer.Write((byte)value);
    }

    public static long Decode(this BinaryReader reader)
    {
        long result = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = reader.ReadByte();
            result |= (long)(part & 0x7f) << shift;
            if (part < 0x80) return result;
        }
        throw new InvalidDataException("A number in the stream is longer than 64 bits: this is not a TorchSharp file, or it is damaged.");
    }
}
