using System.Collections.Immutable;
using System.Runtime.InteropServices;

using Onnx;

namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>A model of ONNX's own operator tests (Debian's libonnx-testdata) with inputs and the outputs that are right.</summary>
internal sealed record OperatorCase(string Name, ModelProto Model, ImmutableArray<OnnxTensor> Inputs, ImmutableArray<OnnxTensor> Outputs)
{
    private const string Folder = "/usr/share/libonnx-testdata/data/node";

    public NodeProto Node => Model.Graph.Node[0];

    /// <summary>All cases of one node of this operator whose tensors this library knows.</summary>
    public static ImmutableArray<OperatorCase> Of(string op)
    {
        if (!Directory.Exists(Folder))
            Assert.Inconclusive($"{Folder} is missing; install libonnx-testdata.");
        return [.. Directory.GetDirectories(Folder).Order(StringComparer.Ordinal).Select(folder => Read(folder, op)).OfType<OperatorCase>()];
    }

    public override string ToString() => Name;

    private static OperatorCase? Read(string folder, string op)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        if (model.Graph.Node.Count != 1 || model.Graph.Node[0].OpType != op || !model.Graph.Input.Concat(model.Graph.Output).All(IsKnown))
            return null;
        return new(Path.GetFileName(folder), model, Tensors(folder, "input"), Tensors(folder, "output"));
    }

    private static bool IsKnown(ValueInfoProto value) =>
        value.Type.ValueCase == TypeProto.ValueOneofCase.TensorType && Enum.IsDefined((ElementType)value.Type.TensorType.ElemType);

    private static ImmutableArray<OnnxTensor> Tensors(string folder, string kind)
    {
        var tensors = ImmutableArray.CreateBuilder<OnnxTensor>();
        while (Path.Combine(folder, "test_data_set_0", $"{kind}_{tensors.Count}.pb") is var path && File.Exists(path))
            tensors.Add(ToTensor(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path))));
        return tensors.ToImmutable();
    }

    private static OnnxTensor ToTensor(TensorProto proto) => (ElementType)proto.DataType switch
    {
        ElementType.Float => Numbers<float>(proto, proto.FloatData),
        ElementType.Double => Numbers<double>(proto, proto.DoubleData),
        ElementType.Float16 => Numbers<Half>(proto, []),
        ElementType.Int64 => Numbers<long>(proto, proto.Int64Data),
        ElementType.Int32 => Numbers<int>(proto, proto.Int32Data),
        ElementType.Int16 => Numbers<short>(proto, []),
        ElementType.Int8 => Numbers<sbyte>(proto, []),
        ElementType.UInt64 => Numbers<ulong>(proto, proto.Uint64Data),
        ElementType.UInt32 => Numbers<uint>(proto, []),
        ElementType.UInt16 => Numbers<ushort>(proto, []),
        ElementType.UInt8 => Numbers<byte>(proto, []),
        ElementType.Bool => Numbers<bool>(proto, []),
        ElementType.String => new OnnxTensor<string>(proto.StringData.Select(text => text.ToStringUtf8()).ToArray(), [.. proto.Dims]),
        _ => throw new NotSupportedException(),
    };

    private static OnnxTensor<T> Numbers<T>(TensorProto proto, IEnumerable<T> typed)
        where T : unmanaged =>
        new(proto.HasRawData ? MemoryMarshal.Cast<byte, T>(proto.RawData.Span).ToArray() : [.. typed], [.. proto.Dims]);
}
