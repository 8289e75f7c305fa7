using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Microsoft.ML.Nas.Studies.Storage;

/// <summary>
/// The form of a checkpoint: eight bytes of name, a version, the study it belongs to, the length, the content, and a hash of all before it,
/// so that what was cut short, damaged, or written by something else is told apart from what can be continued from.
/// </summary>
internal static class CheckpointFormat
{
    private const int Version = 1;
    private const int HeaderLength = 8 + 4 + 32 + 8;

    private static ReadOnlySpan<byte> Name => "NasMlCp\n"u8;

    /// <summary>A checkpoint's bytes.</summary>
    /// <param name="study">A hash of what the study is about.</param>
    /// <param name="write">Writes the content.</param>
    public static ArraySegment<byte> Pack(ReadOnlySpan<byte> study, Action<Stream> write)
    {
        var stream = new MemoryStream();
        stream.SetLength(HeaderLength);
        stream.Position = HeaderLength;
        write(stream);
        stream.Position = stream.Length;
        var header = stream.GetBuffer().AsSpan(0, HeaderLength);
        Name.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        study.CopyTo(header[12..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[44..], stream.Length - HeaderLength);
        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return new(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The content of a checkpoint.</summary>
    /// <param name="study">A hash of what the study is about.</param>
    /// <param name="bytes">The checkpoint.</param>
    /// <param name="refuse">Makes the error from what is wrong with the checkpoint.</param>
    public static Stream Unpack(ReadOnlySpan<byte> study, byte[] bytes, Func<string, StudyException> refuse)
    {
        var span = bytes.AsSpan();
        if (span.Length == 0) throw refuse("is empty");
        if (!span[..Math.Min(8, span.Length)].SequenceEqual(Name[..Math.Min(8, span.Length)])) throw refuse("is no checkpoint of NasMl");
        if (span.Length < HeaderLength) throw refuse("is cut short");
        var version = BinaryPrimitives.ReadInt32LittleEndian(span[8..]);
        if (version > Version) throw refuse($"was written by a newer version of NasMl (format {version}; this one reads up to {Version})");
        var length = BinaryPrimitives.ReadInt64LittleEndian(span[44..]);
        if (version < 1 || length < 0 || length > span.Length - HeaderLength - SHA256.HashSizeInBytes) throw refuse("is cut short");
        var end = HeaderLength + (int)length;
        if (end + SHA256.HashSizeInBytes != span.Length || !SHA256.HashData(span[..end]).AsSpan().SequenceEqual(span[end..])) throw refuse("is damaged");
        if (!span[12..44].SequenceEqual(study)) throw refuse("belongs to another study");
        return new MemoryStream(bytes, HeaderLength, (int)length, writable: false);
    }
}
