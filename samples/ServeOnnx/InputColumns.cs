using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ServeOnnx;

/// <summary>Makes input columns from what ONNX Runtime says about a model.</summary>
internal static class InputColumns
{
    /// <exception cref="ModelFileException">The input is not one value or vector of a supported type for each row.</exception>
    public static InputColumn Create(string name, NodeMetadata metadata)
    {
        if (metadata.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR)
            throw new ModelFileException($"Input '{name}' is not a tensor.");
        var shape = ShapeOf(metadata);
        if (shape is not ([string] or [string, int and > 0]))
            throw new ModelFileException($"Input '{name}' has shape [{string.Join(", ", shape)}]; [N] or [N, k] can be served, with N free and k fixed.");

        return metadata.ElementDataType switch
        {
            TensorElementType.Float => Of(ValueReader.Single),
            TensorElementType.Double => Of(ValueReader.Double),
            TensorElementType.Int8 => Of(ValueReader.Integer<sbyte>()),
            TensorElementType.Int16 => Of(ValueReader.Integer<short>()),
            TensorElementType.Int32 => Of(ValueReader.Integer<int>()),
            TensorElementType.Int64 => Of(ValueReader.Integer<long>()),
            TensorElementType.UInt8 => Of(ValueReader.Integer<byte>()),
            TensorElementType.UInt16 => Of(ValueReader.Integer<ushort>()),
            TensorElementType.UInt32 => Of(ValueReader.Integer<uint>()),
            TensorElementType.UInt64 => Of(ValueReader.Integer<ulong>()),
            TensorElementType.Bool => Of(ValueReader.Boolean),
            TensorElementType.String => Of(ValueReader.Text),
            var type => throw new ModelFileException($"Input '{name}' is of type {TypeOf(metadata)}, which cannot be served (float, double, int8 to uint64, bool and string can)."),
        };

        InputColumn Of<T>(ValueReader<T> reader) => new InputColumn<T>(name, TypeOf(metadata), shape, reader);
    }

    /// <summary>The type of a tensor's elements, as ONNX calls it.</summary>
    public static string TypeOf(NodeMetadata metadata) => metadata.ElementDataType.ToString().ToLowerInvariant();

    /// <summary>A tensor's dimensions: sizes, and symbols (or "?") where the size is free.</summary>
    public static IReadOnlyList<object> ShapeOf(NodeMetadata metadata) =>
        [.. metadata.Dimensions.Zip(metadata.SymbolicDimensions, (size, symbol) => size >= 0 ? size : string.IsNullOrEmpty(symbol) ? (object)"?" : symbol)];
}
