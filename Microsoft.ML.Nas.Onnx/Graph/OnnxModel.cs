using System.Collections.Immutable;

using Google.Protobuf;

using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>An ONNX model in memory. It never changes, and equal graphs with equal metadata have equal bytes.</summary>
public sealed class OnnxModel
{
    /// <summary>IR version of the models that <see cref="GraphBuilder"/> makes.</summary>
    internal const long WrittenIrVersion = 8;

    internal OnnxModel(ModelProto proto)
    {
        Proto = proto;
        Metadata = ModelMetadata.ReadFrom(proto);
        var constants = proto.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        // Before IR 4 constants were listed among the inputs.
        Inputs = [.. proto.Graph.Input.Where(input => !constants.Contains(input.Name)).Select(ValueInfo.FromProto)];
        Outputs = [.. proto.Graph.Output.Select(ValueInfo.FromProto)];
        Opsets = proto.OpsetImport.DistinctBy(opset => opset.Domain).ToImmutableSortedDictionary(opset => opset.Domain, opset => opset.Version, StringComparer.Ordinal);
    }

    /// <summary>The graph's name.</summary>
    public string Name => Proto.Graph.Name;

    /// <summary>Version of the file format.</summary>
    public long IrVersion => Proto.IrVersion;

    /// <summary>Version of the operators by domain; ONNX's own domain is the empty string.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; }

    /// <summary>What the file says about itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The inputs that must be fed, in order.</summary>
    public ImmutableArray<ValueInfo> Inputs { get; }

    /// <summary>The outputs, in order.</summary>
    public ImmutableArray<ValueInfo> Outputs { get; }

    internal ModelProto Proto { get; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="OnnxModelException">The file is truncated, is not an ONNX model, or uses what is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return ModelReader.Read(File.ReadAllBytes(path), $"File '{path}'");
    }

    /// <summary>Reads a model from the bytes of a file.</summary>
    /// <exception cref="OnnxModelException">The bytes are truncated, are not an ONNX model, or use what is not supported.</exception>
    public static OnnxModel Load(ReadOnlySpan<byte> bytes) => ModelReader.Read(bytes, "The model");

    /// <summary>The bytes of the model's file; the same for the same graph and metadata.</summary>
    public byte[] ToBytes() => Proto.ToByteArray();

    /// <summary>Writes the model's file. Readers of <paramref name="path"/> see the old file or the whole new one, never a part.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        path = Path.GetFullPath(path);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Proto.WriteTo(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Checks the model's structure: names are unique, every value is made before it is used, the domains of all nodes are imported,
    /// constants hold as much data as their shapes say, outputs exist. It does not check operators' own rules; ONNX Runtime does.
    /// </summary>
    /// <exception cref="OnnxModelException">Something is wrong; the message lists everything found.</exception>
    public void Check()
    {
        var problems = ModelChecker.Check(Proto);
        if (problems.Count > 0)
            throw new OnnxModelException($"Model '{Name}' is not valid:{string.Concat(problems.Select(problem => $"{Environment.NewLine}- {problem}"))}");
    }
}
