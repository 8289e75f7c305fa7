using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>
/// Depthwise convolutions with stride 1 by tiles of four rows, as far apart as the window's rows are: each row of pixels is read once for all the
/// output rows that it belongs to.
/// </summary>
internal static unsafe class TileKernels
{
    private const int Rows = 4;

    /// <summary>Whether a window and a layout are such that this computes them. Rows that are no neighbours must not write beyond their end.</summary>
    public static bool Fit(PlaneLayout layout, Window.Taps taps) =>
        taps.Side is 3 or 5 && layout.OutputHeight / taps.Dilation >= Rows && (taps.Dilation == 1 || layout.OutputWidth >= Vector<float>.Count);

    /// <summary>Each output pixel is the sum of its window's pixels times their weights.</summary>
    /// <param name="layout">The layout of input and output.</param>
    /// <param name="taps">A square window.</param>
    /// <param name="weights">Row by row.</param>
    /// <param name="input">The first pixel of the first window.</param>
    /// <param name="output">As for <see cref="DepthwiseKernels.Convolve"/>.</param>
    public static void Convolve(PlaneLayout layout, Window.Taps taps, float* weights, float* input, float* output)
    {
        int dilation = taps.Dilation, inputStep = taps.RowStep * dilation, outputStep = layout.OutputWidth * dilation;
        for (var first = 0; first < dilation; first++)
        {
            var count = (layout.OutputHeight - first + dilation - 1) / dilation;
            for (var row = 0; row < count; row += Rows)
            {
                // The last tile computes rows of the one before it again.
                var at = first + Math.Min(row, count - Rows) * dilation;
                float* from = input + at * taps.RowStep, to = output + at * layout.OutputWidth;
                if (taps.Side == 3) Three(weights, from, inputStep, dilation, to, outputStep, layout.OutputWidth);
                else Five(weights, from, inputStep, dilation, to, outputStep, layout.OutputWidth);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Three(float* weights, float* input, int inputStep, int dilation, float* output, int outputStep, int width)
    {
        var size = Vector<float>.Count;
        for (var column = 0; column < width; column += size)
        {
            var start = Math.Max(0, Math.Min(column, width - size));
            Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (var tap = 0; tap < 3; tap++)
            {
                var from = input + start + tap * dilation;
                Vector<float> weight0 = new(weights[tap]), weight1 = new(weights[tap + 3]), weight2 = new(weights[tap + 6]);
                var value = Vector.Load(from);
                sum0 = Vector.FusedMultiplyAdd(weight0, value, sum0);
                value = Vector.Load(from += inputStep);
                sum0 = Vector.FusedMultiplyAdd(weight1, value, sum0);
                sum1 = Vector.FusedMultiplyAdd(weight0, value, sum1);
                value = Vector.Load(from += inputStep);
                sum0 = Vector.FusedMultiplyAdd(weight2, value, sum0);
                sum1 = Vector.FusedMultiplyAdd(weight1, value, sum1);
                sum2 = Vector.FusedMultiplyAdd(weight0, value, sum2);
                value = Vector.Load(from += inputStep);
                sum1 = Vector.FusedMultiplyAdd(weight2, value, sum1);
                sum2 = Vector.FusedMultiplyAdd(weight1, value, sum2);
                sum3 = Vector.FusedMultiplyAdd(weight0, value, sum3);
                value = Vector.Load(from += inputStep);
                sum2 = Vector.FusedMultiplyAdd(weight2, value, sum2);
                sum3 = Vector.FusedMultiplyAdd(weight1, value, sum3);
                sum3 = Vector.FusedMultiplyAdd(weight2, Vector.Load(from + inputStep), sum3);
            }
            Store(sum0, sum1, sum2, sum3, output + start, outputStep);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Five(float* weights, float* input, int inputStep, int dilation, float* output, int outputStep, int width)
    {
        var size = Vector<float>.Count;
        for (var column = 0; column < width; column += size)
        {
            var start = Math.Max(0, Math.Min(column, width - size));
            Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (var tap = 0; tap < 5; tap++)
            {
                var from = input + start + tap * dilation;
                Vector<float> weight0 = new(weights[tap]), weight1 = new(weights[tap + 5]), weight2 = new(weights[tap + 10]);
                Vector<float> weight3 = new(weights[tap + 15]), weight4 = new(weights[tap + 20]);
                var value = Vector.Load(from);
                sum0 = Vector.FusedMultiplyAdd(weight0, value, sum0);
                value = Vector.Load(from += inputStep);
                sum0 = Vector.FusedMultiplyAdd(weight1, value, sum0);
                sum1 = Vector.FusedMultiplyAdd(weight0, value, sum1);
                value = Vector.Load(from += inputStep);
                sum0 = Vector.FusedMultiplyAdd(weight2, value, sum0);
                sum1 = Vector.FusedMultiplyAdd(weight1, value, sum1);
                sum2 = Vector.FusedMultiplyAdd(weight0, value, sum2);
                value = Vector.Load(from += inputStep);
                sum0 = Vector.FusedMultiplyAdd(weight3, value, sum0);
                sum1 = Vector.FusedMultiplyAdd(weight2, value, sum1);
                sum2 = Vector.FusedMultiplyAdd(weight1, value, sum2);
                sum3 = Vector.FusedMultiplyAdd(weight0, value, sum3);
                value = Vector.Load(from += inputStep);
                sum0 = Vector.FusedMultiplyAdd(weight4, value, sum0);
                sum1 = Vector.FusedMultiplyAdd(weight3, value, sum1);
                sum2 = Vector.FusedMultiplyAdd(weight2, value, sum2);
                sum3 = Vector.FusedMultiplyAdd(weight1, value, sum3);
                value = Vector.Load(from += inputStep);
                sum1 = Vector.FusedMultiplyAdd(weight4, value, sum1);
                sum2 = Vector.FusedMultiplyAdd(weight3, value, sum2);
                sum3 = Vector.FusedMultiplyAdd(weight2, value, sum3);
                value = Vector.Load(from += inputStep);
                sum2 = Vector.FusedMultiplyAdd(weight4, value, sum2);
                sum3 = Vector.FusedMultiplyAdd(weight3, value, sum3);
                sum3 = Vector.FusedMultiplyAdd(weight4, Vector.Load(from + inputStep), sum3);
            }
            Store(sum0, sum1, sum2, sum3, output + start, outputStep);
        }
    }

    private static void Store(Vector<float> row0, Vector<float> row1, Vector<float> row2, Vector<float> row3, float* output, int step)
    {
        row0.Store(output);
        row1.Store(output + step);
        row2.Store(output + 2 * step);
        row3.Store(output + 3 * step);
    }
}
