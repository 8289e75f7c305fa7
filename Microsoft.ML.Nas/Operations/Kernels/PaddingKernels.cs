using System.Numerics;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Moves one channel's pixels into padded layouts and out of them, row by row. The last vector of a row covers pixels of the one before it again.</summary>
internal static unsafe class PaddingKernels
{
    private static readonly Vector256<int> Apart = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
    private static readonly Vector256<int> InTurns = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);

    private static int Size => Vector<float>.Count;

    /// <summary>Writes max(floor, (source − mean) · scale) into the inner part of a padded input.</summary>
    public static void Pad(PlaneLayout layout, float* source, float mean, float scale, float floor, float* padded)
    {
        var width = layout.Width;
        padded += layout.InputStart;
        for (var row = 0; row < layout.Height; row++, source += width)
        {
            var to = padded + layout.InputOffset(row);
            if (layout.Stride == 1) PadRow(source, width, mean, scale, floor, to, (layout.Height - row) * width);
            else if (layout.Stride == 2 && IsPaired(width)) PadApart(source, width, mean, scale, floor, to, to + layout.InputPlane);
            else PadSlowly(layout, source, mean, scale, floor, to);
        }
    }

    /// <summary>Writes an output's gradient, a plane of whole vectors, into the inner part of a padded one.</summary>
    public static void PadGradient(PlaneLayout layout, float* gradient, float* padded)
    {
        var width = layout.OutputWidth;
        padded += layout.GradientStart;
        for (var row = 0; row < layout.OutputHeight; row++)
            PadRow(gradient + row * width, width, 0, 1, float.NegativeInfinity, padded + layout.GradientOffset(row, 0), layout.OutputPlane - row * width);
    }

    /// <summary>Writes an input's gradient: rectified where the input is positive, plus direct.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="input">The input's pixels.</param>
    /// <param name="rectified">The gradient of its ReLU, a plane for each phase.</param>
    /// <param name="direct">The gradient of itself, a plane for each phase.</param>
    /// <param name="gradient">The result.</param>
    public static void Join(PlaneLayout layout, float* input, float* rectified, float* direct, float* gradient)
    {
        if (layout.Stride == 1)
        {
            var i = 0;
            for (; i + Size <= layout.Area; i += Size)
            {
                var isPositive = Vector.GreaterThan(Vector.Load(input + i), Vector<float>.Zero);
                (Vector.ConditionalSelect(isPositive, Vector.Load(rectified + i), Vector<float>.Zero) + Vector.Load(direct + i)).Store(gradient + i);
            }
            for (; i < layout.Area; i++) gradient[i] = (input[i] > 0 ? rectified[i] : 0) + direct[i];
            return;
        }
        for (var row = 0; row < layout.Height; row++, input += layout.Width, gradient += layout.Width)
        {
            var first = row % layout.Stride * layout.Stride * layout.OutputPlane + row / layout.Stride * layout.OutputWidth;
            if (layout.Stride == 2 && IsPaired(layout.Width)) JoinInTurns(layout, input, rectified + first, direct + first, gradient);
            else JoinSlowly(layout, input, rectified + first, direct + first, gradient);
        }
    }

    private static bool IsPaired(int width) => Vector256.IsHardwareAccelerated && width >= 8 && width % 2 == 0;

    private static void PadRow(float* source, int width, float mean, float scale, float floor, float* to, int readable)
    {
        var (means, scales, floors) = (new Vector<float>(mean), new Vector<float>(scale), new Vector<float>(floor));
        if (width >= Size)
        {
            for (var column = 0; column < width; column += Size)
            {
                var at = Math.Min(column, width - Size);
                Vector.Max((Vector.Load(source + at) - means) * scales, floors).Store(to + at);
            }
        }
        else if (readable >= Size)
        {
            var isInside = Vector.LessThan(Vector<float>.Indices, new Vector<float>(width));
            Vector.ConditionalSelect(isInside, Vector.Max((Vector.Load(source) - means) * scales, floors), Vector.Load(to)).Store(to);
        }
        else
        {
            for (var column = 0; column < width; column++) to[column] = Math.Max((source[column] - mean) * scale, floor);
        }
    }

    private static void PadApart(float* source, int width, float mean, float scale, float floor, float* even, float* odd)
    {
        var (means, scales, floors) = (Vector256.Create(mean), Vector256.Create(scale), Vector256.Create(floor));
        for (var column = 0; column < width; column += 8)
        {
            var at = Math.Min(column, width - 8);
            var value = Vector256.Shuffle(Vector256.Max((Vector256.Load(source + at) - means) * scales, floors), Apart);
            value.GetLower().Store(even + at / 2);
            value.GetUpper().Store(odd + at / 2);
        }
    }

    private static void PadSlowly(PlaneLayout layout, float* source, float mean, float scale, float floor, float* to)
    {
        for (var phase = 0; phase < layout.Stride; phase++)
        {
            var next = to + phase * layout.InputPlane;
            for (var column = phase; column < layout.Width; column += layout.Stride) *next++ = Math.Max((source[column] - mean) * scale, floor);
        }
    }

    private static void JoinInTurns(PlaneLayout layout, float* input, float* rectified, float* direct, float* gradient)
    {
        var plane = layout.OutputPlane;
        for (var column = 0; column < layout.Width; column += 8)
        {
            var at = Math.Min(column, layout.Width - 8);
            var isPositive = Vector256.GreaterThan(Vector256.Load(input + at), Vector256<float>.Zero);
            (Vector256.ConditionalSelect(isPositive, Phases(rectified + at / 2), Vector256<float>.Zero) + Phases(direct + at / 2)).Store(gradient + at);
        }

        Vector256<float> Phases(float* even) => Vector256.Shuffle(Vector256.Create(Vector128.Load(even), Vector128.Load(even + plane)), InTurns);
    }

    private static void JoinSlowly(PlaneLayout layout, float* input, float* rectified, float* direct, float* gradient)
    {
        for (var phase = 0; phase < layout.Stride; phase++)
        {
            var at = phase * layout.OutputPlane;
            for (var column = phase; column < layout.Width; column += layout.Stride, at++) gradient[column] = (input[column] > 0 ? rectified[at] : 0) + direct[at];
        }
    }
}
