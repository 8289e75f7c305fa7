using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Shape">Its shape, or null when the model does not state one.</param>
public sealed record ValueInfo(string Name, ElementType ElementType, GraphShape? Shape)
{
    /// <summary>For example <c>'x' Float [N, 10]</c>.</summary>
    public override string ToString() => $"'{Name}' {ElementType} {Shape?.ToString() ?? "of any shape"}";

    /// <exception cref="OnnxModelException">It is not a tensor, or one of a type that this library does not know.</exception>
    internal static ValueInfo FromProto(ValueInfoProto proto)
    {
        if (proto.Type?.ValueCase != TypeProto.ValueOneofCase.TensorType)
        {
            throw new OnnxModelException(
                $"'{proto.Name}' is of kind {proto.Type?.ValueCase ?? TypeProto.ValueOneofCase.None}; only tensors are supported. Export the model with tensor inputs and outputs (scikit-learn: option zipmap=False).");
        }

        var tensor = proto.Type.TensorType;
        var type = ElementTypes.FromOnnx(tensor.ElemType)
            ?? throw new OnnxModelException($"'{proto.Name}' has elements of type {ElementTypes.OnnxName(tensor.ElemType)}, which is not supported. Cast it inside the model.");
        return new(proto.Name, type, tensor.Shape is null ? null : [.. tensor.Shape.Dim.Select(FromProto)]);
    }

    internal ValueInfoProto ToProto()
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)ElementType };
        if (Shape is not null)
        {
            tensor.Shape = new TensorShapeProto();
            tensor.Shape.Dim.AddRange(Shape.Select(ToProto));
        }

        return new() { Name = Name, Type = new TypeProto { TensorType = tensor } };
    }

    private static Dimension FromProto(TensorShapeProto.Types.Dimension dimension) => dimension.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue when dimension.DimValue >= 0 => dimension.DimValue,
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dimension.DimParam.Length > 0 => dimension.DimParam,
        _ => Dimension.Unknown,
    };

    private static TensorShapeProto.Types.Dimension ToProto(Dimension dimension) =>
        dimension.Size is { } size ? new() { DimValue = size }
        : dimension.Symbol is { } symbol ? new() { DimParam = symbol }
        : new();
}
