namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>The pixels that a depthwise convolution or a pooling looks at, in a layout: forwards, and backwards from an input pixel to the outputs that saw it.</summary>
internal sealed class Window
{
    private Window(PlaneLayout layout, IReadOnlyList<(int Row, int Column)> pixels)
    {
        Count = pixels.Count;
        Forward = new Taps([.. pixels.Select((pixel, index) => (layout.InputOffset(pixel.Row, pixel.Column), index))]);
        Backward = new Taps[layout.Phases];
        for (var phase = 0; phase < layout.Phases; phase++)
        {
            var (row, column) = Math.DivRem(phase, layout.Stride);
            Backward[phase] = new Taps([.. pixels.Select((pixel, index) => (Row: row - pixel.Row, Column: column - pixel.Column, index))
                .Where(pixel => pixel.Row % layout.Stride == 0 && pixel.Column % layout.Stride == 0)
                .Select(pixel => (layout.GradientOffset(pixel.Row / layout.Stride, pixel.Column / layout.Stride), pixel.index))]);
        }
    }

    /// <summary>A square of pixels around the middle, in the order of a kernel's weights.</summary>
    public static Window Square(PlaneLayout layout, int kernel, int dilation = 1)
    {
        var reach = Reach(kernel, dilation);
        return new(layout, [.. Enumerable.Range(0, kernel * kernel).Select(i => (i / kernel * dilation - reach, i % kernel * dilation - reach))]);
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

    /// <summary>Distances in memory, and the weight that each belongs to.</summary>
    public sealed class Taps
    {
        public Taps((int Offset, int Weight)[] taps)
        {
            Offsets = GC.AllocateArray<int>(taps.Length, pinned: true);
            Weights = [.. taps.Select(static tap => tap.Weight)];
            for (var i = 0; i < taps.Length; i++) Offsets[i] = taps[i].Offset;
        }

        /// <summary>In pinned memory.</summary>
        public int[] Offsets { get; }

        public int[] Weights { get; }
    }
}
