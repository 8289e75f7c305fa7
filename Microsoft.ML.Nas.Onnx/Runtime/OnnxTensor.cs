using System.Collections.Immutable;
using System.Runtime.InteropServices;

using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>A tensor that goes into or comes out of a session: elements with a shape.</summary>
public abstract class OnnxTensor
{
    private protected OnnxTensor(ElementType elementType, ImmutableArray<long> shape)
    {
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The sizes.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>A tensor over an array, which is not copied.</summary>
    /// <param name="values">The elements, last dimension fastest.</param>
    /// <param name="shape">The sizes; none for one dimension of all the values.</param>
    /// <exception cref="ArgumentException">The sizes do not multiply to the number of values, or <typeparamref name="T"/> is no element type.</exception>
    public static OnnxTensor<T> Create<T>(T[] values, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values, shape.IsEmpty ? [values.Length] : [.. shape]);
    }

    /// <summary>A tensor of one number or text, without dimensions.</summary>
    public static OnnxTensor<T> Scalar<T>(T value) => new(new[] { value }, []);

    /// <summary>This tensor as one with elements of <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidCastException">Its elements are of another type.</exception>
    public OnnxTensor<T> As<T>() =>
        this as OnnxTensor<T> ?? throw new InvalidCastException($"The tensor's elements are {ElementType}, not {typeof(T)}.");

    /// <summary>Some of its rows (entries along the first dimension), which are not copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    public abstract OnnxTensor Rows(int start, int count);

    /// <summary>A copy of <paramref name="count"/> rows from row <paramref name="first"/> on, beginning anew after the last.</summary>
    internal abstract OnnxTensor Cycle(int first, int count);

    /// <summary>Copies the bytes of its elements; text has none.</summary>
    internal abstract void CopyTo(Span<byte> bytes);

    /// <summary>The tensor as ONNX Runtime sees it, over the same memory; text is copied.</summary>
    internal abstract NativeTensor ToNative();

    internal static OnnxTensor FromNative(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        ImmutableArray<long> shape = [.. info.Shape];
        return (ElementType)(int)info.ElementDataType switch
        {
            ElementType.Float => Copy<float>(value, shape),
            ElementType.Double => Copy<double>(value, shape),
            ElementType.Float16 => Copy<Half>(value, shape),
            ElementType.Int64 => Copy<long>(value, shape),
            ElementType.Int32 => Copy<int>(value, shape),
            ElementType.Int16 => Copy<short>(value, shape),
            ElementType.Int8 => Copy<sbyte>(value, shape),
            ElementType.UInt64 => Copy<ulong>(value, shape),
            ElementType.UInt32 => Copy<uint>(value, shape),
            ElementType.UInt16 => Copy<ushort>(value, shape),
            ElementType.UInt8 => Copy<byte>(value, shape),
            ElementType.Bool => Copy<bool>(value, shape),
            ElementType.String => new OnnxTensor<string>(value.GetStringTensorAsArray(), shape),
            _ => throw new NotSupportedException($"An output has elements of type {info.ElementDataType}, which is not supported. Cast it inside the model."),
        };
    }

    private static OnnxTensor<T> Copy<T>(OrtValue value, ImmutableArray<long> shape)
        where T : unmanaged =>
        new(shape.Contains(0) ? [] : MemoryMarshal.Cast<byte, T>(value.GetTensorMutableRawData()).ToArray(), shape);
}
