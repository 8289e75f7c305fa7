using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Runs convolutions in the form that LibTorch is quick at.</summary>
internal static class Convolution
{
    /// <summary>A convolution with zero padding.</summary>
    /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
    /// <param name="weight"><c>[outputs, channels / groups, kernel height, kernel width]</c>.</param>
    /// <param name="bias"><c>[outputs]</c>, or null.</param>
    /// <param name="window">Strides, dilation and padding.</param>
    /// <param name="groups">The number of groups.</param>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias, ConvolutionWindow window, long groups = 1) =>
        functional.conv2d(input, weight, bias, window.Strides, window.Padding, window.Dilations, groups);
}
