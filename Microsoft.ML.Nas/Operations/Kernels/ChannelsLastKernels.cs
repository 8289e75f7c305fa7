using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Depthwise convolutions of images whose channels are last in memory, as many channels at a time as a vector holds.</summary>
internal static unsafe class ChannelsLastKernels
{
    /// <summary>The number of output pixels that are computed together.</summary>
    public const int Tile = 8;

    private static int Lanes => Vector<float>.Count;

    /// <summary>Copies some channels of an image to the inner part of scratch memory, or of an outputs' gradient to the middles of its windows.</summary>
    /// <param name="source">The first of the channels of the first pixel.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="channels">The number of values between pixels.</param>
    /// <param name="count">The number of channels, at most a vector; the others become zero.</param>
    /// <param name="window">Says where they go.</param>
    /// <param name="stepY">The rows between them there.</param>
    /// <param name="stepX">The columns between them there.</param>
    /// <param name="scratch">Where they go; only their places are written.</param>
    public static void Spread(float* source, int height, int width, int channels, int count, ChannelsLastWindow window, int stepY, int stepX, float* scratch)
    {
        for (var row = 0; row < height; row++)
        {
            var to = scratch + (window.MarginY + row * stepY) * window.RowSize + window.MarginX * Lanes;
            for (var column = 0; column < width; column++, source += channels, to += stepX * Lanes) Load(source, count).Store(to);
        }
    }

    /// <summary>Each output pixel is the sum of its window's pixels times their weights.</summary>
    /// <param name="window">The window.</param>
    /// <param name="weights"><c>[taps, vector]</c>.</param>
    /// <param name="input">Scratch memory.</param>
    /// <param name="height">The number of rows to compute.</param>
    /// <param name="width">The number of columns to compute.</param>
    /// <param name="stepY">The rows between them in the input.</param>
    /// <param name="stepX">The columns between them in the input.</param>
    /// <param name="output">The first of the channels of the first pixel.</param>
    /// <param name="channels">The number of values between output pixels.</param>
    /// <param name="count">The number of channels to write.</param>
    public static void Convolve(ChannelsLastWindow window, float* weights, float* input, int height, int width, int stepY, int stepX, float* output, int channels, int count)
    {
        var pixels = stackalloc float[Tile * Lanes];
        for (var row = 0; row < height; row++, input += stepY * window.RowSize, output += width * channels)
        {
            for (var column = 0; column < width; column += Tile)
            {
                // The last tile computes pixels of the one before it again.
                var first = Math.Max(0, Math.Min(column, width - Tile));
                var isWhole = count == Lanes && width >= Tile;
                float* to = isWhole ? output + first * channels : pixels;
                Convolve(window.Taps, weights, input + first * stepX * Lanes, stepX * Lanes, to, isWhole ? channels : Lanes);
                if (isWhole) continue;
                for (var pixel = 0; pixel < Math.Min(Tile, width); pixel++)
                    new ReadOnlySpan<float>(pixels + pixel * Lanes, count).CopyTo(new Span<float>(output + (first + pixel) * channels, count));
            }
        }
    }

    /// <summary>Adds the gradient of each weight.</summary>
    /// <param name="window">The window.</param>
    /// <param name="input">Scratch memory.</param>
    /// <param name="gradient">Scratch memory.</param>
    /// <param name="sums"><c>[taps, vector]</c>.</param>
    public static void AddWeightGradient(ChannelsLastWindow window, float* input, float* gradient, float* sums)
    {
        const int Group = 5;
        var last = window.Taps.Length - 1;
        gradient += window.MarginY * window.RowSize + window.MarginX * Lanes;
        for (var tap = 0; tap <= last; tap += Group) AddWeightGradient(window, tap, Math.Min(tap + 1, last), Math.Min(tap + 2, last), Math.Min(tap + 3, last), Math.Min(tap + 4, last), input, gradient, sums);
    }

    // A window of fewer weights than five computes its last one again and writes it once more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddWeightGradient(ChannelsLastWindow window, int tap0, int tap1, int tap2, int tap3, int tap4, float* input, float* gradient, float* sums)
    {
        int offset0 = window.Taps[tap0], offset1 = window.Taps[tap1], offset2 = window.Taps[tap2], offset3 = window.Taps[tap3], offset4 = window.Taps[tap4];
        Vector<float> sum0 = Vector.Load(sums + tap0 * Lanes), sum1 = Vector.Load(sums + tap1 * Lanes), sum2 = Vector.Load(sums + tap2 * Lanes), sum3 = Vector.Load(sums + tap3 * Lanes), sum4 = Vector.Load(sums + tap4 * Lanes);
        Vector<float> odd0 = Vector<float>.Zero, odd1 = odd0, odd2 = odd0, odd3 = odd0, odd4 = odd0;
        int step = window.StepX * Lanes, size = window.OutputWidth * step;
        for (var row = 0; row < window.OutputHeight; row++)
        {
            float* from = input + row * window.StepY * window.RowSize, values = gradient + row * window.StepY * window.RowSize, end = from + size;
            for (; from + step < end; from += 2 * step, values += 2 * step)
            {
                Vector<float> value = Vector.Load(values), next = Vector.Load(values + step);
                float* following = from + step;
                sum0 = Vector.FusedMultiplyAdd(value, Vector.Load(from + offset0), sum0);
                sum1 = Vector.FusedMultiplyAdd(value, Vector.Load(from + offset1), sum1);
                sum2 = Vector.FusedMultiplyAdd(value, Vector.Load(from + offset2), sum2);
                sum3 = Vector.FusedMultiplyAdd(value, Vector.Load(from + offset3), sum3);
                sum4 = Vector.FusedMultiplyAdd(value, Vector.Load(from + offset4), sum4);
                odd0 = Vector.FusedMultiplyAdd(next, Vector.Load(following + offset0), odd0);
                odd1 = Vector.FusedMultiplyAdd(next, Vector.Load(following + offset1), odd1);
                odd2 = Vector.FusedMultiplyAdd(next, Vector.Load(following + offset2), odd2);
                odd3 = Vector.FusedMultiplyAdd(next, Vector.Load(following + offset3), odd3);
                odd4 = Vector.FusedMultiplyAdd(next, Vector.Load(following + offset4), odd4);
            }
            if (from >= end) continue;
            var rest = Vector.Load(values);
            sum0 = Vector.FusedMultiplyAdd(rest, Vector.Load(from + offset0), sum0);
            sum1 = Vector.FusedMultiplyAdd(rest, Vector.Load(from + offset1), sum1);
            sum2 = Vector.FusedMultiplyAdd(rest, Vector.Load(from + offset2), sum2);
            sum3 = Vector.FusedMultiplyAdd(rest, Vector.Load(from + offset3), sum3);
            sum4 = Vector.FusedMultiplyAdd(rest, Vector.Load(from + offset4), sum4);
        }
        (sum0 + odd0).Store(sums + tap0 * Lanes);
        (sum1 + odd1).Store(sums + tap1 * Lanes);
        (sum2 + odd2).Store(sums + tap2 * Lanes);
        (sum3 + odd3).Store(sums + tap3 * Lanes);
        (sum4 + odd4).Store(sums + tap4 * Lanes);
    }

    /// <summary>A vector of channels, zero where there are fewer.</summary>
    private static Vector<float> Load(float* source, int count)
    {
        if (count == Lanes) return Vector.Load(source);
        var values = Vector<float>.Zero;
        for (var i = 0; i < count; i++) values = values.WithElement(i, source[i]);
        return values;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Convolve(int[] taps, float* weights, float* input, int step, float* output, int channels)
    {
        Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0, sum6 = sum0, sum7 = sum0;
        ref var offset = ref MemoryMarshal.GetArrayDataReference(taps);
        for (var tap = 0; tap < taps.Length; tap++, weights += Lanes)
        {
            var weight = Vector.Load(weights);
            var from = input + Unsafe.Add(ref offset, tap);
            sum0 = Vector.FusedMultiplyAdd(weight, Vector.Load(from), sum0);
            sum1 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + step), sum1);
            sum2 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + 2 * step), sum2);
            sum3 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + 3 * step), sum3);
            sum4 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + 4 * step), sum4);
            sum5 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + 5 * step), sum5);
            sum6 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + 6 * step), sum6);
            sum7 = Vector.FusedMultiplyAdd(weight, Vector.Load(from + 7 * step), sum7);
        }
        sum0.Store(output);
        sum1.Store(output + channels);
        sum2.Store(output + 2 * channels);
        sum3.Store(output + 3 * channels);
        sum4.Store(output + 4 * channels);
        sum5.Store(output + 5 * channels);
        sum6.Store(output + 6 * channels);
        sum7.Store(output + 7 * channels);
    }
}
