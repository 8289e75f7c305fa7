using Google.Protobuf;

using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>Bytes to model, with errors that say what the bytes are not.</summary>
internal static class ModelReader
{
    public static OnnxModel Read(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.IsEmpty)
            throw new OnnxModelException($"{source} is empty.");

        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new OnnxModelException($"{source} is truncated or is not an ONNX model ({bytes.Length} bytes): {e.Message}", e);
        }

        // Foreign bytes may parse as a message that holds nothing ONNX requires.
        if (proto.Graph is null || !proto.HasIrVersion || proto.OpsetImport.Count == 0 || proto.Graph.Output.Count == 0)
        {
            throw new OnnxModelException(
                $"{source} is truncated or is not an ONNX model ({bytes.Length} bytes): it has no {Missing(proto)}.");
        }

        if (proto.Graph.Initializer.FirstOrDefault(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External) is { } tensor)
            throw new OnnxModelException($"{source} keeps '{tensor.Name}' in another file. Save it as one file, with the weights inside.");
        try
        {
            return new OnnxModel(proto);
        }
        catch (OnnxModelException e)
        {
            throw new OnnxModelException($"{source} is not supported: {e.Message}", e);
        }
    }

    private static string Missing(ModelProto proto) =>
        proto.Graph is null ? "graph" : !proto.HasIrVersion ? "IR version" : proto.OpsetImport.Count == 0 ? "opset import" : "output";
}
