using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data.Images;

/// <summary>Rows of one image each, in the type that the column has.</summary>
internal abstract class RawImages(ColumnPlan plan, ImageSize size, float[] labels, float[]? weights) : RawRows(plan, labels, weights)
{
    /// <summary>The size of every image.</summary>
    public ImageSize Size { get; } = size;

    /// <summary>The mean and the standard deviation of a channel over all pixels of the given rows.</summary>
    public abstract (double Mean, double Deviation) Statistics(int channel, ReadOnlySpan<int> rows);

    /// <summary>Rows as a tensor of the column's type, <c>[rows, channels, height, width]</c>.</summary>
    public abstract Tensor Pixels(ReadOnlySpan<int> rows);

    /// <inheritdoc/>
    public override InputEncoder FitEncoder(ReadOnlySpan<int> rows)
    {
        var (means, deviations) = (new float[Size.Channels], new float[Size.Channels]);
        for (var channel = 0; channel < Size.Channels; channel++)
        {
            var (mean, deviation) = Statistics(channel, rows);
            // A channel of one value only carries nothing; any scale does.
            (means[channel], deviations[channel]) = ((float)mean, (float)deviation is > 0 and var positive ? positive : 1f);
        }
        return new ImageEncoder(Plan, new(Size.Height, Size.Width, [.. means], [.. deviations]));
    }
}

/// <inheritdoc/>
/// <typeparam name="T">Byte or Single.</typeparam>
internal sealed class RawImages<T>(ColumnPlan plan, ImageSize size, T[] pixels, float[] labels, float[]? weights) : RawImages(plan, size, labels, weights)
    where T : unmanaged, System.Numerics.INumberBase<T>
{
    private int Length => Size.Channels * Size.Height * Size.Width;

    /// <inheritdoc/>
    public override (double Mean, double Deviation) Statistics(int channel, ReadOnlySpan<int> rows)
    {
        var area = Size.Height * Size.Width;
        var count = (double)area * rows.Length;
        var sum = 0.0;
        foreach (var row in rows)
            foreach (var pixel in Channel(row)) sum += double.CreateTruncating(pixel);
        var (mean, squares) = (sum / count, 0.0);
        foreach (var row in rows)
            foreach (var pixel in Channel(row)) squares += (double.CreateTruncating(pixel) - mean) * (double.CreateTruncating(pixel) - mean);
        return (mean, Math.Sqrt(squares / count));

        ReadOnlySpan<T> Channel(int row) => pixels.AsSpan(row * Length + channel * area, area);
    }

    /// <inheritdoc/>
    public override Tensor Pixels(ReadOnlySpan<int> rows)
    {
        long[] shape = [rows.Length, Size.Channels, Size.Height, Size.Width];
        if (rows.IsEmpty) return empty(shape, typeof(T) == typeof(byte) ? ScalarType.Byte : ScalarType.Float32);
        return Copy(rows) switch
        {
            byte[] bytes => tensor(bytes, shape),
            float[] floats => tensor(floats, shape),
            var other => throw new NotSupportedException($"Pixels of type {other.GetType()} are not supported."),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, OnnxTensor> Tensors(ReadOnlySpan<int> rows) => new Dictionary<string, OnnxTensor>
    {
        [Plan.Features[0].Name] = OnnxTensor.Create(Copy(rows), rows.Length, Size.Channels, Size.Height, Size.Width),
    };

    private T[] Copy(ReadOnlySpan<int> rows)
    {
        var copy = new T[rows.Length * Length];
        for (var i = 0; i < rows.Length; i++) pixels.AsSpan(rows[i] * Length, Length).CopyTo(copy.AsSpan(i * Length));
        return copy;
    }
}
