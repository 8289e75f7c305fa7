using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>What there is to know about an <see cref="ElementType"/>.</summary>
internal static class ElementTypes
{
    /// <summary>The element type whose elements are <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">No element type is stored as <typeparamref name="T"/>.</exception>
    public static ElementType Of<T>() =>
        TryOf(typeof(T)) ?? throw new ArgumentException(
            $"{typeof(T)} is not an ONNX element type. Use float, double, Half, bool, string, or an integer of 8 to 64 bits.");

    /// <summary>Bytes an element takes.</summary>
    /// <exception cref="ArgumentException">The type is text, which has no fixed size.</exception>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 => 2,
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 => 8,
        _ => throw new ArgumentException($"Elements of type {type} have no fixed size.", nameof(type)),
    };

    /// <summary>The element type with ONNX's number <paramref name="dataType"/>, or null when this library has none (bfloat16, complex).</summary>
    public static ElementType? FromOnnx(int dataType) => Enum.IsDefined((ElementType)dataType) ? (ElementType)dataType : null;

    /// <summary>ONNX's name of a data type number, for messages.</summary>
    public static string OnnxName(int dataType) =>
        Enum.IsDefined((TensorProto.Types.DataType)dataType) ? ((TensorProto.Types.DataType)dataType).ToString() : $"number {dataType}";

    private static ElementType? TryOf(Type type) =>
        type == typeof(Half) ? ElementType.Float16 : Type.GetTypeCode(type) switch
        {
            TypeCode.Single => ElementType.Float,
            TypeCode.Double => ElementType.Double,
            TypeCode.Int64 => ElementType.Int64,
            TypeCode.Int32 => ElementType.Int32,
            TypeCode.Int16 => ElementType.Int16,
            TypeCode.SByte => ElementType.Int8,
            TypeCode.UInt64 => ElementType.UInt64,
            TypeCode.UInt32 => ElementType.UInt32,
            TypeCode.UInt16 => ElementType.UInt16,
            TypeCode.Byte => ElementType.UInt8,
            TypeCode.Boolean => ElementType.Bool,
            TypeCode.String => ElementType.String,
            _ => null,
        };
}
