#nullable disable
using System.Collections;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a CPU tensor in row-major order, whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T* data;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        this.tensor = tensor;
        data = (T*)tensor.DataPointer;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => data[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)];
        set => data[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        // The real one refuses to copy no values, but for a vector of none.
        if (Count == 0 && shape.Length > 1) throw new ArgumentOutOfRangeException("startingIndex");
        var result = new T[Count];
        if (Count > 0) CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>An array of as many dimensions as the tensor, one for a scalar.</summary>
    public Array ToNDArray()
    {
        if (shape.Length < 2) return ToArray();
        var result = Array.CreateInstance(typeof(T), shape);
        var flat = ToArray();
        Buffer.BlockCopy(flat, 0, result, 0, Buffer.ByteLength(flat));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies until either side ends.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Overlap(array.Length, arrayIndex, tensorIndex);
        if (contiguous) new ReadOnlySpan<T>(data + tensorIndex, count).CopyTo(array[arrayIndex..]);
        else for (var i = 0; i < count; i++) array[arrayIndex + i] = data[Offset(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Overlap(array.Length, arrayIndex, tensorIndex);
        if (contiguous) array.Slice(arrayIndex, count).CopyTo(new Span<T>(data + tensorIndex, count));
        else for (var i = 0; i < count; i++) data[Offset(tensorIndex + i)] = array[arrayIndex + i];
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return Read(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Frees nothing: the tensor stays its owner's.</summary>
    public void Dispose()
    {
    }

    internal static T ReadItemAt(torch.Tensor tensor, long index)
    {
        tensor.ValidateType(typeof(T));
        return new TensorAccessor<T>(tensor).Read(index);
    }

    private T Read(long index)
    {
        var value = data[Offset(index)];
        GC.KeepAlive(tensor);
        return value;
    }

    private int Overlap(int arrayLength, int arrayIndex, long tensorIndex)
    {
        if (tensorIndex < 0 || tensorIndex >= Count)
            throw new ArgumentOutOfRangeException(nameof(tensorIndex), tensorIndex, $"The tensor has {Count} elements.");
        return (int)Math.Max(0, Math.Min(arrayLength - arrayIndex, Count - tensorIndex));
    }

    private long Offset(long index)
    {
        if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The tensor has {Count} elements.");
        if (contiguous) return index;
        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            offset += index % shape[d] * strides[d];
            index /= shape[d];
        }
        return offset;
    }

    private long Offset(long[] indices)
    {
        long offset = 0;
        for (var d = 0; d < shape.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= shape[d]) throw new IndexOutOfRangeException($"{indices[d]} >= {shape[d]} in dimension {d}.");
            offset += indices[d] * strides[d];
        }
        return offset;
    }
}
