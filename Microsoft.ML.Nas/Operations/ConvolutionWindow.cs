using System.Runtime.CompilerServices;

namespace Microsoft.ML.Nas.Operations;

/// <summary>How a kernel moves over an image. The image is padded so that the output has one stride-th of its size, rounded up.</summary>
internal readonly record struct ConvolutionWindow(int Height, int Width, int StrideY = 1, int StrideX = 1, int Dilation = 1)
{
    public static ConvolutionWindow Square(int kernel, int stride = 1, int dilation = 1) => new(kernel, kernel, stride, stride, dilation);

    public long[] Strides => [StrideY, StrideX];

    public long[] Padding => [Dilation * (Height - 1L) / 2, Dilation * (Width - 1L) / 2];

    public long[] Dilations => [Dilation, Dilation];

    /// <summary>ONNX's form of <see cref="Padding"/>: before each dimension, then after.</summary>
    public long[] Pads => [.. Padding, .. Padding];

    public ImageSize Output(ImageSize input, int channels) => new(channels, (input.Height - 1) / StrideY + 1, (input.Width - 1) / StrideX + 1);

    /// <exception cref="ShapeException">A size is not positive, or a kernel is even, which has no middle to pad around.</exception>
    public ConvolutionWindow Check(Operation operation)
    {
        CheckOdd(operation, Height);
        CheckOdd(operation, Width);
        CheckPositive(operation, StrideY, "stride");
        CheckPositive(operation, StrideX, "stride");
        CheckPositive(operation, Dilation);
        return this;
    }

    /// <exception cref="ShapeException">The value is not positive.</exception>
    public static void CheckPositive(Operation operation, int value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value < 1) throw new ShapeException($"{operation.Name}'s {name!.ToLowerInvariant()} must be at least 1; it is {value}.");
    }

    private static void CheckOdd(Operation operation, int kernel)
    {
        if (kernel < 1 || kernel % 2 == 0)
            throw new ShapeException($"{operation.Name}'s kernel must be odd and at least 1, so that padding keeps the image's size; it is {kernel}.");
    }
}
