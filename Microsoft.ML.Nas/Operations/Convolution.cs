using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Runs convolutions in a form that is quick.</summary>
internal static class Convolution
{
    /// <summary>A convolution with zero padding.</summary>
    /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
    /// <param name="weight"><c>[outputs, channels / groups, kernel height, kernel width]</c>.</param>
    /// <param name="bias"><c>[outputs]</c>, or null.</param>
    /// <param name="window">Strides, dilation and padding.</param>
    /// <param name="groups">The number of groups.</param>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias, ConvolutionWindow window, long groups = 1)
    {
        (input, weight, bias) = (Autocast.Low(input), Autocast.Low(weight), bias is null ? null : Autocast.Low(bias));
        return Apply(ConvolutionForms.Of(input, weight, window, groups), input, weight, bias, window, groups);
    }

    /// <summary>A convolution in one of its forms.</summary>
    public static Tensor Apply(ConvolutionForm form, Tensor input, Tensor weight, Tensor? bias, ConvolutionWindow window, long groups)
    {
        switch (form)
        {
            case ConvolutionForm.Direct:
                var sums = DepthwiseFunction.Convolve(input, weight, window);
                return bias is null ? sums : Scalars.Sum(sums, bias.view(-1, 1, 1));
            case ConvolutionForm.ChannelsLast:
                // One channel has no order: LibTorch then takes the input for channels first.
                return ChannelsLast(functional.conv2d(ChannelsLast(input), weight, bias, window.Strides, window.Padding, window.Dilations, groups));
            default:
                return functional.conv2d(input.contiguous(), weight, bias, window.Strides, window.Padding, window.Dilations, groups);
        }
    }

    private static Tensor ChannelsLast(Tensor images) =>
        images.shape[1] == 1 || images.stride(1) == 1 ? images : images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
