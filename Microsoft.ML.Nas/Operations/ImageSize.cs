using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The dimensions of an image, <c>[channels, height, width]</c>.</summary>
internal readonly record struct ImageSize(int Channels, int Height, int Width)
{
    /// <exception cref="ShapeException">The input is not an image.</exception>
    public static ImageSize Of(Operation operation, Shape input) => input is not TableShape && input.Dimensions is [var channels, var height, var width]
        ? new(channels, height, width)
        : throw ShapeException.Wrong(operation, input, "an image, [channels, height, width]");

    /// <summary>The number of pixels.</summary>
    public long Area => (long)Height * Width;

    public Shape ToShape() => new(Channels, Height, Width);
}
