using System.Collections.Immutable;

using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>A tensor with elements of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">float, double, Half, bool, string, or an integer of 8 to 64 bits.</typeparam>
public sealed class OnnxTensor<T> : OnnxTensor
{
    /// <summary>A tensor over memory, which is not copied.</summary>
    /// <param name="values">The elements, last dimension fastest.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ArgumentException">The sizes do not multiply to the number of values, or <typeparamref name="T"/> is no element type.</exception>
    public OnnxTensor(ReadOnlyMemory<T> values, ImmutableArray<long> shape)
        : base(ElementTypes.Of<T>(), shape)
    {
        long count = 1;
        foreach (long size in shape)
            count = size < 0 ? -1 : checked(count * size);
        if (count != values.Length)
            throw new ArgumentException($"A tensor of shape [{string.Join(", ", shape)}] cannot hold {values.Length} values.", nameof(values));
        Values = values;
    }

    /// <summary>The elements, last dimension fastest.</summary>
    public ReadOnlyMemory<T> Values { get; }

    /// <summary>The elements, last dimension fastest.</summary>
    public ReadOnlySpan<T> Span => Values.Span;

    /// <inheritdoc/>
    public override OnnxTensor Rows(int start, int count)
    {
        long rows = Shape.IsEmpty ? 0 : Shape[0];
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + (long)count, rows, nameof(count));
        int width = rows == 0 ? 0 : (int)(Values.Length / rows);
        return new OnnxTensor<T>(Values.Slice(start * width, count * width), Shape.SetItem(0, count));
    }

    internal override OnnxTensor Cycle(int first, int count)
    {
        int rows = (int)Shape[0], width = Values.Length / rows;
        var values = new T[count * width];
        for (int i = 0; i < count; i++)
            Span.Slice((first + i) % rows * width, width).CopyTo(values.AsSpan(i * width));
        return new OnnxTensor<T>(values, Shape.SetItem(0, count));
    }

    internal override unsafe void CopyTo(Span<byte> bytes)
    {
        using var pin = Values.Pin();
        new ReadOnlySpan<byte>(pin.Pointer, Values.Length * ElementType.Size()).CopyTo(bytes);
    }

    internal override unsafe NativeTensor ToNative()
    {
        if (Values is ReadOnlyMemory<string> text)
            return new(CopyOf(text.Span), default);
        // ONNX Runtime wants an address even where there is nothing.
        if (Values.IsEmpty)
            return new(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)(int)ElementType, [.. Shape]), default);
        var pin = Values.Pin();
        try
        {
            long bytes = (long)Values.Length * ElementType.Size();
            return new(OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, (TensorElementType)(int)ElementType, [.. Shape], (nint)pin.Pointer, bytes), pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    private OrtValue CopyOf(ReadOnlySpan<string> text)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. Shape]);
        try
        {
            for (int i = 0; i < text.Length; i++)
                value.StringTensorSetElementAt((text[i] ?? throw new ArgumentException($"Element {i} of a text tensor is null. ONNX text has no null; use an empty string.")).AsSpan(), i);
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }
}
