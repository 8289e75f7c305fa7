using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// What the speed of a convolution's forms depends on, beside the machine and the size of the batch. Sequences, images of one column, are as long as the
/// longest of a batch: there the height is rounded up to a power of two, so that few convolutions are met.
/// </summary>
internal readonly record struct ConvolutionKey(long Channels, long Height, long Width, long Outputs, long Groups, ConvolutionWindow Window, ScalarType Type, DeviceType Device)
{
    public static ConvolutionKey Of(Tensor input, Tensor weight, ConvolutionWindow window, long groups)
    {
        var shape = input.shape;
        var height = shape[3] == 1 ? (long)BitOperations.RoundUpToPowerOf2((ulong)shape[2]) : shape[2];
        return new(shape[1], height, shape[3], weight.shape[0], groups, window, input.dtype, input.device_type);
    }

    /// <summary>Whether every channel has a kernel of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Channels && Groups == Outputs;

    public override string ToString() =>
        $"{Channels}x{Height}x{Width} to {Outputs}, kernel {Window.Height}x{Window.Width}, stride {Window.StrideY}x{Window.StrideX}, dilation {Window.Dilation}, {Groups} groups, {Type}, {Device}";
}
