using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>Memory for one input or output, which never moves.</summary>
internal sealed class BoundBuffer
{
    // A cache line, which vector instructions like.
    private const int Alignment = 64;

    private readonly byte[] _bytes;
    private readonly int _offset;
    private readonly long[] _shape;
    private readonly int _rowBytes;
    private readonly bool _hasRows;

    /// <exception cref="NotSupportedException">The value is text, or has a dimension beside the first that is not fixed.</exception>
    /// <exception cref="ArgumentException">The first dimension of an input is fixed to another size than <paramref name="capacity"/>.</exception>
    public BoundBuffer(ValueInfo info, int capacity, bool isInput)
    {
        Info = info;
        if (info.ElementType == ElementType.String)
            throw new NotSupportedException($"{info} is text, which has no fixed size. Use OnnxSession.Run, or bind the other outputs only.");
        var shape = info.Shape ?? throw new NotSupportedException($"{info}: a buffer needs a known shape. State it in the model, or use OnnxSession.Run.");
        if (isInput && shape.Rank > 0 && shape[0].Size is { } rows && rows != capacity)
            throw new ArgumentException($"Input {info} has exactly {rows} rows, so the capacity cannot be {capacity}.", nameof(capacity));

        _hasRows = shape.Rank > 0 && shape[0].Size is null;
        _shape = new long[shape.Rank];
        long width = 1;
        for (int i = 0; i < shape.Rank; i++)
        {
            bool isRows = i == 0 && _hasRows;
            _shape[i] = isRows ? capacity : shape[i].Size
                ?? throw new NotSupportedException($"{info}: dimension {i} is not fixed, so no buffer can be made for it. Fix it in the model, or use OnnxSession.Run.");
            width *= isRows ? 1 : _shape[i];
        }

        _rowBytes = checked((int)(width * info.ElementType.Size()));
        _bytes = GC.AllocateArray<byte>(checked((_hasRows ? capacity : 1) * _rowBytes + Alignment), pinned: true);
        _offset = (int)((Alignment - Address % Alignment) % Alignment);
    }

    public ValueInfo Info { get; }

    /// <summary>Whether it is all there is whatever the number of rows.</summary>
    public bool HasFixedRows => !_hasRows && _shape.Length > 0;

    private nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);

    /// <summary>The bytes of the first <paramref name="rows"/> rows, or all where the value has no rows.</summary>
    public Span<byte> Memory(int rows) => _bytes.AsSpan(_offset, Bytes(rows));

    /// <summary>The elements of the first <paramref name="rows"/> rows, or all where the value has no rows.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public Span<T> Elements<T>(int rows)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != Info.ElementType.Size() || ElementTypes.Of<T>() != Info.ElementType)
            throw new InvalidOperationException($"{Info} has no elements of type {typeof(T)}.");
        return MemoryMarshal.Cast<byte, T>(Memory(rows));
    }

    /// <summary>ONNX Runtime's view of the first <paramref name="rows"/> rows.</summary>
    public OrtValue View(int rows)
    {
        long[] shape = [.. _shape];
        if (_hasRows)
            shape[0] = rows;
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, (TensorElementType)(int)Info.ElementType, shape, Address + _offset, Bytes(rows));
    }

    private int Bytes(int rows) => _hasRows ? rows * _rowBytes : _rowBytes;
}
