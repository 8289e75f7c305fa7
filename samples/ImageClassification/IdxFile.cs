using System.Buffers.Binary;
using System.IO.Compression;

/// <summary>A file of bytes in MNIST's idx format, plain or compressed with gzip.</summary>
/// <param name="Dimensions">The sizes, outermost first; the first is the number of items.</param>
/// <param name="Values">All items, one after another.</param>
internal sealed record IdxFile(int[] Dimensions, byte[] Values)
{
    private const byte UnsignedByte = 8;

    /// <summary>Reads <c>NAME</c> or <c>NAME.gz</c>.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="InvalidDataException">It is no idx file of bytes, or is cut short.</exception>
    public static IdxFile Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path)) return Parse(File.ReadAllBytes(path), path);
        path += ".gz";
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no {name} or {name}.gz in {folder}.", path);
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            try
            {
                packed.CopyTo(unpacked);
            }
            catch (InvalidDataException problem)
            {
                throw new InvalidDataException($"{path} cannot be unpacked: {problem.Message}", problem);
            }
        }
        return Parse(unpacked.ToArray(), path);
    }

    private static IdxFile Parse(byte[] bytes, string path)
    {
        if (bytes is not [0, 0, UnsignedByte, var rank, ..] || bytes.Length < 4 + 4 * rank) throw new InvalidDataException($"{path} is no idx file of bytes.");
        var dimensions = new int[rank];
        for (var i = 0; i < rank; i++) dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + 4 * i));
        var values = bytes[(4 + 4 * rank)..];
        var expected = dimensions.Aggregate(1.0, static (product, size) => product * size);
        if (dimensions.Any(static size => size < 0) || values.Length != expected) throw new InvalidDataException($"{path} says that it holds {expected} bytes, but holds {values.Length}.");
        return new(dimensions, values);
    }
}
