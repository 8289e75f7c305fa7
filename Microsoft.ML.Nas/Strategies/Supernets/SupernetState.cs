using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>
/// Everything a supernet's training needs to go on where it was: tensors that are written and read in place, and numbers. Random numbers are
/// not part of it, since they are seeded anew in every epoch.
/// </summary>
/// <remarks>
/// The format: <c>NASS</c>, version (int32), fingerprint, then name, kind of value, sizes and raw values of each tensor, then name and values
/// of each list of numbers, then the SHA-256 of all that; little endian, texts as <see cref="BinaryWriter"/> writes them.
/// </remarks>
/// <param name="fingerprint">What the state belongs to; a state of anything else is refused.</param>
internal sealed class SupernetState(string fingerprint)
{
    private const uint Magic = 0x5353414E;
    private const int Version = 1;
    private const string Name = "supernet";
    private readonly List<(string Name, Tensor Value)> _tensors = [];
    private readonly List<(string Name, Func<double[]> Get, Action<double[]> Set)> _numbers = [];

    /// <summary>Makes a tensor part of the state; it must outlive this.</summary>
    public void Add(string name, Tensor value) => _tensors.Add((name, value));

    /// <summary>Makes an optimiser part of the state.</summary>
    public void Add(string name, FlatAdamW optimizer)
    {
        Add($"{name}.mean", optimizer.Mean);
        Add($"{name}.variance", optimizer.Variance);
        Add($"{name}.steps", () => [optimizer.Steps], steps => optimizer.Steps = (int)steps[0]);
    }

    /// <summary>Makes a list of numbers part of the state.</summary>
    public void Add(string name, Func<double[]> get, Action<double[]> set) => _numbers.Add((name, get, set));

    public void Write(Stream stream)
    {
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(fingerprint);
            writer.Write(_tensors.Count);
            foreach (var (name, value) in _tensors) Write(writer, name, value);
            writer.Write(_numbers.Count);
            foreach (var (name, get, _) in _numbers)
            {
                writer.Write(name);
                var values = get();
                writer.Write(values.Length);
                foreach (var number in values) writer.Write(number);
            }
        }
        var bytes = payload.GetBuffer().AsSpan(0, (int)payload.Length);
        stream.Write(bytes);
        stream.Write(SHA256.HashData(bytes));
    }

    /// <summary>Takes over a state that was written.</summary>
    /// <exception cref="StudyException">The state is damaged, of another version, or of another search; nothing was taken over.</exception>
    public void Read(Stream stream)
    {
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        var bytes = whole.GetBuffer().AsSpan(0, (int)whole.Length);
        if (bytes.Length < SHA256.HashSizeInBytes || !SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
            throw new StudyException("The supernet's checkpoint is damaged or incomplete; delete it to train the supernet from its start.", Name);
        whole.Position = 0;
        using var reader = new BinaryReader(whole, Encoding.UTF8);
        if (reader.ReadUInt32() != Magic) throw new StudyException("This is not a supernet's checkpoint.", Name);
        if (reader.ReadInt32() is var version && version != Version)
            throw new StudyException($"The supernet's checkpoint has format {version}; this version reads format {Version}.", Name);
        if (reader.ReadString() is var owner && owner != fingerprint)
            throw new StudyException($"The supernet's checkpoint belongs to another search: '{owner}', not '{fingerprint}'. Delete it, or continue that search.", Name);
        using var none = no_grad();
        using var scope = NewDisposeScope();
        if (reader.ReadInt32() is var tensors && tensors != _tensors.Count) throw Different($"{tensors} tensors", $"{_tensors.Count}");
        foreach (var (name, value) in _tensors) Read(reader, name, value);
        if (reader.ReadInt32() is var numbers && numbers != _numbers.Count) throw Different($"{numbers} lists of numbers", $"{_numbers.Count}");
        foreach (var (name, _, set) in _numbers)
        {
            if (reader.ReadString() is var found && found != name) throw Different(found, name);
            set([.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadDouble())]);
        }
    }

    private static void Write(BinaryWriter writer, string name, Tensor value)
    {
        using var scope = NewDisposeScope();
        var local = value.detach().cpu().contiguous();
        writer.Write(name);
        writer.Write(local.dtype.ToString());
        writer.Write(local.shape.Length);
        foreach (var size in local.shape) writer.Write(size);
        writer.Write(local.bytes);
    }

    private static void Read(BinaryReader reader, string name, Tensor value)
    {
        var expected = Describe(name, value.dtype.ToString(), value.shape);
        var found = Describe(reader.ReadString(), reader.ReadString(), [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadInt64())]);
        if (found != expected) throw Different(found, expected);
        using var local = empty(value.shape, dtype: value.dtype);
        reader.BaseStream.ReadExactly(local.bytes);
        value.copy_(local);
    }

    private static string Describe(string name, string type, long[] shape) => $"{name}: {type} [{string.Join(", ", shape)}]";

    private static StudyException Different(string found, string expected) =>
        new($"The supernet's checkpoint holds {found} where this search has {expected}. Delete it, or continue the search that wrote it.", Name);
}
