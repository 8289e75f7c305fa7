using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>
/// How some channels of an image, as many as a vector holds, lie in scratch memory while a window moves over them: pixel by pixel, with a margin of
/// zeros. A gradient of the outputs lies the same way, each value where its window has its middle.
/// </summary>
internal sealed class ChannelsLastWindow
{
    /// <summary>A quarter of a gigabyte: every thread has two such images.</summary>
    private const double MaxSize = 1 << 26;

    public ChannelsLastWindow(int height, int width, ConvolutionWindow window)
    {
        (Height, Width, StepY, StepX) = (height, width, window.StrideY, window.StrideX);
        (OutputHeight, OutputWidth) = ((height - 1) / StepY + 1, (width - 1) / StepX + 1);
        (MarginY, MarginX) = (window.Dilation * (window.Height - 1) / 2, window.Dilation * (window.Width - 1) / 2);
        RowSize = (width + 2 * MarginX) * Vector<float>.Count;
        // Whole tiles are read, however few pixels a row has.
        Size = (height + 2 * MarginY) * RowSize + ChannelsLastKernels.Tile * StepX * Vector<float>.Count;
        Taps = GC.AllocateArray<int>(window.Height * window.Width, pinned: true);
        for (var tap = 0; tap < Taps.Length; tap++)
        {
            var (row, column) = Math.DivRem(tap, window.Width);
            Taps[tap] = row * window.Dilation * RowSize + column * window.Dilation * Vector<float>.Count;
        }
    }

    /// <summary>Whether scratch memory of a reasonable size holds an image with its margin, and the window has a middle.</summary>
    public static bool Fits(long height, long width, ConvolutionWindow window)
    {
        if (window.Height % 2 == 0 || window.Width % 2 == 0) return false;
        double rows = height + window.Dilation * (window.Height - 1.0), columns = width + window.Dilation * (window.Width - 1.0);
        return (rows * columns + (double)ChannelsLastKernels.Tile * Math.Max(window.StrideY, window.StrideX)) * Vector<float>.Count <= MaxSize;
    }

    public int Height { get; }

    public int Width { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>The rows between the middles of neighbouring windows.</summary>
    public int StepY { get; }

    /// <summary>The columns between the middles of neighbouring windows.</summary>
    public int StepX { get; }

    public int MarginY { get; }

    public int MarginX { get; }

    /// <summary>The number of values between rows in scratch memory.</summary>
    public int RowSize { get; }

    /// <summary>The number of values in scratch memory.</summary>
    public int Size { get; }

    /// <summary>Where a window's pixels lie from its first one on, in pinned memory.</summary>
    public int[] Taps { get; }
}
