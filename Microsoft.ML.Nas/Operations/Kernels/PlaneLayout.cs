using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>
/// How one channel's image lies in scratch memory while a window of weights moves over it. The image is padded with a margin, and with a
/// stride its columns are dealt out to as many planes, so that each weight of a window meets a contiguous row of pixels.
/// </summary>
/// <remarks>
/// Output rows are computed in whole vectors from left to right and top to bottom. What the last vector of a row writes beyond its end, the next row
/// overwrites, and <see cref="OutputPlane"/> has room for the last row's; rows of gradients lie so far apart that those vectors read zeros.
/// </remarks>
internal sealed class PlaneLayout
{
    private readonly int _inputStep;
    private readonly int _gradientStep;

    /// <param name="height">Of the input.</param>
    /// <param name="width">Of the input.</param>
    /// <param name="stride">The step between windows.</param>
    /// <param name="reach">How far a window reaches beyond its middle at most.</param>
    public PlaneLayout(int height, int width, int stride, int reach)
    {
        (Height, Width, Stride) = (height, width, stride);
        (OutputHeight, OutputWidth) = ((height - 1) / stride + 1, (width - 1) / stride + 1);
        OutputPlane = RoundUp(OutputArea);
        var rowBlocks = RoundUp(OutputWidth) / Vector<float>.Count;
        var spare = rowBlocks * Vector<float>.Count - OutputWidth;

        var gap = Math.Max((reach + stride - 1) / stride + 1, spare);
        _inputStep = OutputWidth + gap;
        InputPlane = (height + 2 * reach + 1) * _inputStep + 2 * gap + Vector<float>.Count;
        InputStart = reach * _inputStep + gap;
        InputSize = stride * InputPlane;

        gap = Math.Max(reach + 1, spare);
        _gradientStep = OutputWidth + gap;
        GradientStart = reach * _gradientStep + gap;
        GradientSize = (OutputHeight + 2 * reach + 1) * _gradientStep + 2 * gap + Vector<float>.Count;

        Blocks = OutputHeight * rowBlocks;
        // Four blocks are computed at a time; the last one again where there are too few.
        var padded = (Blocks + 3) / 4 * 4;
        (InputBlocks, OutputBlocks, GradientBlocks) = (Pinned(padded), Pinned(padded), Pinned(padded));
        for (var i = 0; i < padded; i++)
        {
            var (row, block) = Math.DivRem(Math.Min(i, Blocks - 1), rowBlocks);
            var column = block * Vector<float>.Count;
            InputBlocks[i] = InputStart + row * stride * _inputStep + column;
            OutputBlocks[i] = row * OutputWidth + column;
            GradientBlocks[i] = GradientStart + row * _gradientStep + column;
        }
    }

    public static int VectorSize => Vector<float>.Count;

    public int Height { get; }

    public int Width { get; }

    public int Stride { get; }

    public int Area => Height * Width;

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int OutputArea => OutputHeight * OutputWidth;

    /// <summary>The distance between the planes of an output's channels: its area in whole vectors.</summary>
    public int OutputPlane { get; }

    /// <summary>The distance between the planes that a padded input's columns are dealt out to.</summary>
    public int InputPlane { get; }

    /// <summary>The number of values of a padded input.</summary>
    public int InputSize { get; }

    /// <summary>Where pixel (0, 0) of a padded input lies.</summary>
    public int InputStart { get; }

    /// <summary>The number of values of a padded gradient of the output.</summary>
    public int GradientSize { get; }

    /// <summary>Where pixel (0, 0) of a padded gradient lies.</summary>
    public int GradientStart { get; }

    /// <summary>The number of vectors of an output; the lists of blocks hold a multiple of four.</summary>
    public int Blocks { get; }

    /// <summary>Where the window of each block's first pixel has its middle in the padded input.</summary>
    public int[] InputBlocks { get; }

    public int[] OutputBlocks { get; }

    public int[] GradientBlocks { get; }

    /// <summary>The pixels of an input that lie the same way to the windows: with stride 2, four kinds.</summary>
    public int Phases => Stride * Stride;

    public static int RoundUp(int count) => (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Where a row of the padded input begins, from <see cref="InputStart"/> on.</summary>
    public int InputOffset(int row) => row * _inputStep;

    /// <summary>Where a pixel lies in the padded input, from <see cref="InputStart"/> on; it may lie in the margin.</summary>
    public int InputOffset(int row, int column)
    {
        var quotient = (int)Math.Floor((double)column / Stride);
        return (column - quotient * Stride) * InputPlane + row * _inputStep + quotient;
    }

    /// <summary>Where a pixel lies in the padded gradient, from <see cref="GradientStart"/> on; it may lie in the margin.</summary>
    public int GradientOffset(int row, int column) => row * _gradientStep + column;

    private static int[] Pinned(int count) => GC.AllocateArray<int>(count, pinned: true);
}
