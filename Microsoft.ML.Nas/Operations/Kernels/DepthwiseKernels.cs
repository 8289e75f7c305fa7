using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Convolutions and pooling of one channel. Weights stay in registers while pixels stream by: no im2col, no copies.</summary>
internal static unsafe class DepthwiseKernels
{
    /// <summary>Each output pixel is the sum of its window's pixels times their weights.</summary>
    /// <param name="layout">The layout of input and output.</param>
    /// <param name="taps">The window.</param>
    /// <param name="weights">By the taps' weight; null for ones.</param>
    /// <param name="input">In the padded layout that the blocks belong to.</param>
    /// <param name="blocks">Where each block's windows have their middle: <see cref="PlaneLayout.InputBlocks"/> or <see cref="PlaneLayout.GradientBlocks"/>.</param>
    /// <param name="output"><see cref="PlaneLayout.OutputPlane"/> values and a vector more; those beyond the area become zero.</param>
    public static void Convolve(PlaneLayout layout, Window.Taps taps, float* weights, float* input, int[] blocks, float* output)
    {
        var count = taps.Offsets.Length;
        var gathered = stackalloc float[count];
        for (var tap = 0; tap < count; tap++) gathered[tap] = weights is null ? 1 : weights[taps.Weights[tap]];
        if (TileKernels.Fit(layout, taps))
        {
            TileKernels.Convolve(layout, taps, gathered, input + blocks[0] + taps.Offsets[0], output);
            PlaneKernels.ClearRest(output, layout);
            return;
        }
        int* from = Address(blocks), to = Address(layout.OutputBlocks), offsets = Address(taps.Offsets);
        for (var block = 0; block < blocks.Length; block += 4)
        {
            float* input0 = input + from[block], input1 = input + from[block + 1], input2 = input + from[block + 2], input3 = input + from[block + 3];
            Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (var tap = 0; tap < count; tap++)
            {
                var weight = new Vector<float>(gathered[tap]);
                var offset = offsets[tap];
                sum0 = Vector.FusedMultiplyAdd(weight, Vector.Load(input0 + offset), sum0);
                sum1 = Vector.FusedMultiplyAdd(weight, Vector.Load(input1 + offset), sum1);
                sum2 = Vector.FusedMultiplyAdd(weight, Vector.Load(input2 + offset), sum2);
                sum3 = Vector.FusedMultiplyAdd(weight, Vector.Load(input3 + offset), sum3);
            }
            sum0.Store(output + to[block]);
            sum1.Store(output + to[block + 1]);
            sum2.Store(output + to[block + 2]);
            sum3.Store(output + to[block + 3]);
        }
        PlaneKernels.ClearRest(output, layout);
    }

    /// <summary>Adds the gradient of each weight, a vector whose elements' sum it is.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="taps">The window, forwards.</param>
    /// <param name="input">Padded.</param>
    /// <param name="gradient">Of the output, padded with zeros.</param>
    /// <param name="sums"><c>[weights, vector]</c>.</param>
    public static void AddWeightGradient(PlaneLayout layout, Window.Taps taps, float* input, float* gradient, float* sums)
    {
        const int Group = 5;
        int* from = Address(layout.InputBlocks), at = Address(layout.GradientBlocks), offsets = Address(taps.Offsets);
        var size = Vector<float>.Count;
        var last = taps.Offsets.Length - 1;
        for (var first = 0; first <= last; first += Group)
        {
            // Where fewer weights are left, the last one is computed again and written once more.
            int tap1 = Math.Min(first + 1, last), tap2 = Math.Min(first + 2, last), tap3 = Math.Min(first + 3, last), tap4 = Math.Min(first + 4, last);
            int offset0 = offsets[first], offset1 = offsets[tap1], offset2 = offsets[tap2], offset3 = offsets[tap3], offset4 = offsets[tap4];
            float* to0 = sums + first * size, to1 = sums + tap1 * size, to2 = sums + tap2 * size, to3 = sums + tap3 * size, to4 = sums + tap4 * size;
            Vector<float> sum0 = Vector.Load(to0), sum1 = Vector.Load(to1), sum2 = Vector.Load(to2), sum3 = Vector.Load(to3), sum4 = Vector.Load(to4);
            for (var block = 0; block < layout.Blocks; block++)
            {
                var value = Vector.Load(gradient + at[block]);
                var pixels = input + from[block];
                sum0 = Vector.FusedMultiplyAdd(value, Vector.Load(pixels + offset0), sum0);
                sum1 = Vector.FusedMultiplyAdd(value, Vector.Load(pixels + offset1), sum1);
                sum2 = Vector.FusedMultiplyAdd(value, Vector.Load(pixels + offset2), sum2);
                sum3 = Vector.FusedMultiplyAdd(value, Vector.Load(pixels + offset3), sum3);
                sum4 = Vector.FusedMultiplyAdd(value, Vector.Load(pixels + offset4), sum4);
            }
            sum0.Store(to0);
            sum1.Store(to1);
            sum2.Store(to2);
            sum3.Store(to3);
            sum4.Store(to4);
        }
    }

    /// <summary>Each output pixel is the largest of its window's.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="taps">The window, forwards.</param>
    /// <param name="input">Padded with minus infinity.</param>
    /// <param name="output">As for <see cref="Convolve"/>.</param>
    public static void Largest(PlaneLayout layout, Window.Taps taps, float* input, float* output)
    {
        int* from = Address(layout.InputBlocks), to = Address(layout.OutputBlocks), offsets = Address(taps.Offsets);
        var count = taps.Offsets.Length;
        for (var block = 0; block < layout.OutputBlocks.Length; block += 4)
        {
            float* input0 = input + from[block], input1 = input + from[block + 1], input2 = input + from[block + 2], input3 = input + from[block + 3];
            Vector<float> largest0 = new(float.NegativeInfinity), largest1 = largest0, largest2 = largest0, largest3 = largest0;
            for (var tap = 0; tap < count; tap++)
            {
                var offset = offsets[tap];
                largest0 = Vector.Max(largest0, Vector.Load(input0 + offset));
                largest1 = Vector.Max(largest1, Vector.Load(input1 + offset));
                largest2 = Vector.Max(largest2, Vector.Load(input2 + offset));
                largest3 = Vector.Max(largest3, Vector.Load(input3 + offset));
            }
            largest0.Store(output + to[block]);
            largest1.Store(output + to[block + 1]);
            largest2.Store(output + to[block + 2]);
            largest3.Store(output + to[block + 3]);
        }
        PlaneKernels.ClearRest(output, layout);
    }

    /// <summary>Says of each output pixel which tap saw the largest pixel of its window first.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="taps">The window, forwards.</param>
    /// <param name="input">Padded with minus infinity.</param>
    /// <param name="chosen">The taps' numbers, padded as an output's gradient; the margin gets any content.</param>
    public static void FindLargest(PlaneLayout layout, Window.Taps taps, float* input, float* chosen)
    {
        int* from = Address(layout.InputBlocks), at = Address(layout.GradientBlocks), offsets = Address(taps.Offsets);
        var count = taps.Offsets.Length;
        for (var block = 0; block < layout.InputBlocks.Length; block += 2)
        {
            float* input0 = input + from[block], input1 = input + from[block + 1];
            Vector<float> largest0 = new(float.NegativeInfinity), largest1 = largest0, chosen0 = new(-1), chosen1 = chosen0;
            for (var tap = 0; tap < count; tap++)
            {
                var number = new Vector<float>(tap);
                Vector<float> value0 = Vector.Load(input0 + offsets[tap]), value1 = Vector.Load(input1 + offsets[tap]);
                Vector<int> isLarger0 = Vector.GreaterThan(value0, largest0), isLarger1 = Vector.GreaterThan(value1, largest1);
                (largest0, chosen0) = (Vector.ConditionalSelect(isLarger0, value0, largest0), Vector.ConditionalSelect(isLarger0, number, chosen0));
                (largest1, chosen1) = (Vector.ConditionalSelect(isLarger1, value1, largest1), Vector.ConditionalSelect(isLarger1, number, chosen1));
            }
            chosen0.Store(chosen + at[block]);
            chosen1.Store(chosen + at[block + 1]);
        }
    }

    /// <summary>Sends gradients back to the pixels that <see cref="FindLargest"/> chose.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="taps">The window, backwards.</param>
    /// <param name="chosen">What <see cref="FindLargest"/> said.</param>
    /// <param name="gradient">Of the output, padded with zeros.</param>
    /// <param name="result">As the output of <see cref="Convolve"/>.</param>
    public static void SendToLargest(PlaneLayout layout, Window.Taps taps, float* chosen, float* gradient, float* result)
    {
        int* at = Address(layout.GradientBlocks), to = Address(layout.OutputBlocks), offsets = Address(taps.Offsets);
        var count = taps.Offsets.Length;
        for (var block = 0; block < layout.GradientBlocks.Length; block += 2)
        {
            int at0 = at[block], at1 = at[block + 1];
            Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0;
            for (var tap = 0; tap < count; tap++)
            {
                var number = new Vector<float>(taps.Weights[tap]);
                float* choices = chosen + offsets[tap], values = gradient + offsets[tap];
                sum0 += Vector.Load(values + at0) & Vector.AsVectorSingle(Vector.Equals(Vector.Load(choices + at0), number));
                sum1 += Vector.Load(values + at1) & Vector.AsVectorSingle(Vector.Equals(Vector.Load(choices + at1), number));
            }
            sum0.Store(result + to[block]);
            sum1.Store(result + to[block + 1]);
        }
        PlaneKernels.ClearRest(result, layout);
    }

    /// <summary>The address of an array in pinned memory.</summary>
    private static int* Address(int[] pinned) => (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
