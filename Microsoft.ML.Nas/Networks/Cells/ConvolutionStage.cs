using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>ReLU, depthwise convolution, pointwise convolution, batch normalisation, in one or several branches that give a part of the channels each.</summary>
/// <param name="Layout">Of its input and its output.</param>
/// <param name="Inputs">The number of input channels.</param>
/// <param name="Outputs">The number of output channels.</param>
/// <param name="Branches">What gives the channels, first to last.</param>
internal sealed record ConvolutionStage(PlaneLayout Layout, int Inputs, int Outputs, ConvolutionBranch[] Branches)
{
    /// <summary>A separable convolution, whose two weights are the next parameters.</summary>
    public static ConvolutionStage Separable(PlaneLayout layout, int inputs, int outputs, int kernel, int dilation, WeightMap weights)
    {
        var window = Window.Square(layout, kernel, dilation);
        return new(layout, inputs, outputs, [new(window, weights.Next(inputs * window.Count), weights.Next(outputs * inputs), 0, outputs)]);
    }

    /// <summary>A pointwise convolution alone.</summary>
    public static ConvolutionStage Pointwise(PlaneLayout layout, int inputs, int outputs, WeightMap weights) =>
        new(layout, inputs, outputs, [new(Window.Pixel(layout, 0), null, weights.Next(outputs * inputs), 0, outputs)]);

    /// <summary>A <see cref="FactorizedReduction"/>: two pointwise convolutions of every other pixel, the second one pixel off.</summary>
    public static ConvolutionStage Reduction(PlaneLayout layout, int inputs, int outputs, WeightMap weights)
    {
        var half = outputs / 2;
        return new(layout, inputs, outputs,
        [
            new(Window.Pixel(layout, 0), null, weights.Next(half * inputs), 0, half),
            new(Window.Pixel(layout, 1), null, weights.Next((outputs - half) * inputs), half, outputs - half),
        ]);
    }
}
