namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>The pixels that a depthwise convolution or a pooling looks at, in a layout: forwards, and backwards from an input pixel to the outputs that saw it.</summary>
internal sealed class Window
{
    private Window(PlaneLayout layout, IReadOnlyList<(int Row, int Column)> pixels, int side = 0, int dilation = 1)
    {
        Count = pixels.Count;
        if (layout.Stride > 1) side = 0;
        Forward = new Taps([.. pixels.Select((pixel, index) => (layout.InputOffset(pixel.Row, pixel.Column), index))], side, dilation, layout.InputOffset(1));
        Backward = new Taps[layout.Phases];
        for (var phase = 0; phase < layout.Phases; phase++)
        {
            var (row, column) = Math.DivRem(phase, layout.Stride);
            Backward[phase] = new Taps([.. pixels.Select((pixel, index) => (Row: row - pixel.Row, Column: column - pixel.Column, index))
                .Where(pixel => pixel.Row % layout.Stride == 0 && pixel.Column % layout.Stride == 0)
                .Select(pixel => (layout.GradientOffset(pixel.Row / layout.Stride, pixel.Column / layout.Stride), pixel.index)).Order()], side, dilation, layout.GradientOffset(1, 0));
        }
    }

    /// <summary>A square of pixels around the middle, in the order of a kernel's weights.</summary>
    public static Window Square(PlaneLayout layout, int kernel, int dilation = 1)
    {
        var reach = Reach(kernel, dilation);
        return new(layout, [.. Enumerable.Range(0, kernel * kernel).Select(i => (i / kernel * dilation - reach, i % kernel * dilation - reach))], kernel, dilation);
    }

    /// <summary>The one pixel that lies so many rows and columns after the middle.</summary>
    public static Window Pixel(PlaneLayout layout, int shift) => new(layout, [(shift, shift)]);

    /// <summary>How far a kernel reaches beyond its middle.</summary>
    public static int Reach(int kernel, int dilation = 1) => dilation * (kernel - 1) / 2;

    /// <summary>The number of weights.</summary>
    public int Count { get; }

    public Taps Forward { get; }

    /// <summary>By the input pixel's phase.</summary>
    public Taps[] Backward { get; }

    /// <summary>Distances in memory, ascending, and the weight that each belongs to.</summary>
    public sealed class Taps
    {
        public Taps((int Offset, int Weight)[] taps, int side, int dilation, int rowStep)
        {
            (Side, Dilation, RowStep) = (side, dilation, rowStep);
            Offsets = GC.AllocateArray<int>(taps.Length, pinned: true);
            Weights = [.. taps.Select(static tap => tap.Weight)];
            for (var i = 0; i < taps.Length; i++) Offsets[i] = taps[i].Offset;
        }

        /// <summary>In pinned memory.</summary>
        public int[] Offsets { get; }

        public int[] Weights { get; }

        /// <summary>How many taps are in a row and a column of a square that moves pixel by pixel; 0 for any other window.</summary>
        public int Side { get; }

        /// <summary>How far the square's taps are apart.</summary>
        public int Dilation { get; }

        /// <summary>The distance between rows of pixels in memory.</summary>
        public int RowStep { get; }
    }
}
