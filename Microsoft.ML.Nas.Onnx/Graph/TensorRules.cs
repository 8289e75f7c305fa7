using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>What a stored tensor must be like.</summary>
internal static class TensorRules
{
    /// <summary>What is wrong with a tensor, to be read after its name; null when nothing is.</summary>
    public static string? Problem(TensorProto tensor)
    {
        if (ElementTypes.FromOnnx(tensor.DataType) is not { } type)
            return $"has elements of type {ElementTypes.OnnxName(tensor.DataType)}, which is not supported";
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            return "is kept in another file";
        long count = 1;
        foreach (long size in tensor.Dims)
        {
            if (size < 0)
                return $"has the negative size {size}";
            count = checked(count * size);
        }

        long stored = tensor.HasRawData && type != ElementType.String ? tensor.RawData.Length / type.Size() : TypedCount(tensor, type);
        if (tensor.HasRawData && type != ElementType.String && tensor.RawData.Length % type.Size() != 0)
            return $"has {tensor.RawData.Length} bytes, which are no whole number of {type} elements";
        return stored == count ? null : $"has {stored} elements, its shape [{string.Join(", ", tensor.Dims)}] asks for {count}";
    }

    private static int TypedCount(TensorProto tensor, ElementType type) => type switch
    {
        ElementType.Float => tensor.FloatData.Count,
        ElementType.Double => tensor.DoubleData.Count,
        ElementType.Int64 => tensor.Int64Data.Count,
        ElementType.UInt32 or ElementType.UInt64 => tensor.Uint64Data.Count,
        ElementType.String => tensor.StringData.Count,
        _ => tensor.Int32Data.Count,
    };
}
