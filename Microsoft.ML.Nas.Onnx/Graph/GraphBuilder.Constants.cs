using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

using Google.Protobuf;

using Onnx;

namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    // Nameless tensors compare by content, so each is stored once.
    private readonly OrderedDictionary<TensorProto, GraphValue> _constants = [];

    /// <summary>A constant Float scalar.</summary>
    public GraphValue Constant(float value) => Numbers<float>([value], GraphShape.Scalar);

    /// <summary>A constant Int64 scalar.</summary>
    public GraphValue Constant(long value) => Numbers<long>([value], GraphShape.Scalar);

    /// <summary>A constant Bool scalar.</summary>
    public GraphValue Constant(bool value) => Numbers<bool>([value], GraphShape.Scalar);

    /// <summary>A constant String scalar.</summary>
    public GraphValue Constant(string value) => Text([value], GraphShape.Scalar);

    /// <summary>A constant Float tensor. Tensors of equal content are stored once.</summary>
    /// <param name="values">The elements, last dimension fastest.</param>
    /// <param name="shape">The sizes; none for one dimension of all the values.</param>
    /// <exception cref="GraphException">The sizes do not multiply to the number of values.</exception>
    public GraphValue Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Numbers(values, ConstantShape(values.Length, shape));

    /// <summary>A constant Double tensor; see <see cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>.</summary>
    public GraphValue Constant(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Numbers(values, ConstantShape(values.Length, shape));

    /// <summary>A constant Int64 tensor; see <see cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>.</summary>
    public GraphValue Constant(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Numbers(values, ConstantShape(values.Length, shape));

    /// <summary>A constant Int32 tensor; see <see cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>.</summary>
    public GraphValue Constant(ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) => Numbers(values, ConstantShape(values.Length, shape));

    /// <summary>A constant Bool tensor; see <see cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>.</summary>
    public GraphValue Constant(ReadOnlySpan<bool> values, params ReadOnlySpan<long> shape) => Numbers(values, ConstantShape(values.Length, shape));

    /// <summary>A constant String tensor; see <see cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>.</summary>
    public GraphValue Constant(ReadOnlySpan<string> values, params ReadOnlySpan<long> shape) => Text(values, ConstantShape(values.Length, shape));

    /// <summary>A constant scalar of any numeric type.</summary>
    /// <exception cref="OverflowException">An integer type cannot hold <paramref name="value"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is not numeric.</exception>
    public GraphValue Scalar(ElementType type, double value) => type switch
    {
        ElementType.Float => Numbers<float>([(float)value], GraphShape.Scalar),
        ElementType.Double => Numbers<double>([value], GraphShape.Scalar),
        ElementType.Float16 => Numbers<Half>([(Half)value], GraphShape.Scalar),
        ElementType.Int64 => Numbers<long>([checked((long)value)], GraphShape.Scalar),
        ElementType.Int32 => Numbers<int>([checked((int)value)], GraphShape.Scalar),
        ElementType.Int16 => Numbers<short>([checked((short)value)], GraphShape.Scalar),
        ElementType.Int8 => Numbers<sbyte>([checked((sbyte)value)], GraphShape.Scalar),
        ElementType.UInt64 => Numbers<ulong>([checked((ulong)value)], GraphShape.Scalar),
        ElementType.UInt32 => Numbers<uint>([checked((uint)value)], GraphShape.Scalar),
        ElementType.UInt16 => Numbers<ushort>([checked((ushort)value)], GraphShape.Scalar),
        ElementType.UInt8 => Numbers<byte>([checked((byte)value)], GraphShape.Scalar),
        _ => throw new ArgumentException($"{type} is not numeric.", nameof(type)),
    };

    internal GraphValue Numbers<T>(ReadOnlySpan<T> values, GraphShape shape)
        where T : unmanaged
    {
        var tensor = new TensorProto { DataType = (int)ElementTypes.Of<T>(), RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        return Store(tensor, shape);
    }

    /// <summary>Adds a tensor of a file; it is stored once when it equals another.</summary>
    internal GraphValue Store(TensorProto tensor, GraphShape shape)
    {
        tensor.Dims.Clear();
        tensor.Dims.AddRange(shape.Select(dimension => dimension.Size!.Value));
        if (!_constants.TryGetValue(tensor, out var value))
        {
            value = new GraphValue(this, NewName("Constant"), (ElementType)tensor.DataType, shape, ContentOf(tensor));
            _constants.Add(tensor, value);
        }

        return value;
    }

    private GraphValue Text(ReadOnlySpan<string> values, GraphShape shape)
    {
        var tensor = new TensorProto { DataType = (int)ElementType.String };
        foreach (string value in values)
        {
            if (value is null)
                throw new GraphException($"Graph '{Name}': a String constant holds a null. ONNX text has no null; use an empty string.");
            tensor.StringData.Add(ByteString.CopyFromUtf8(value));
        }

        return Store(tensor, shape);
    }

    private GraphShape ConstantShape(int count, ReadOnlySpan<long> sizes)
    {
        if (sizes.IsEmpty)
            return GraphShape.Fixed(count);
        var shape = GraphShape.Fixed(sizes);
        if (shape.ElementCount != count)
        {
            throw new GraphException(string.Create(CultureInfo.InvariantCulture,
                $"Graph '{Name}': a constant of shape {shape} needs {shape.ElementCount} values, {count} are given. Make the sizes multiply to the number of values."));
        }

        return shape;
    }

    private static ImmutableArray<Dimension>? ContentOf(TensorProto tensor)
    {
        // Shapes are short; longer tensors of indices are data.
        const int longestShape = 64;
        if (tensor.DataType != (int)ElementType.Int64 || tensor.Dims.Count != 1 || tensor.Dims[0] > longestShape)
            return null;
        var values = tensor.RawData.IsEmpty ? [.. tensor.Int64Data] : MemoryMarshal.Cast<byte, long>(tensor.RawData.Span);
        var content = ImmutableArray.CreateBuilder<Dimension>(values.Length);
        foreach (long value in values)
            content.Add(Dimension.Element(value));
        return content.MoveToImmutable();
    }
}
