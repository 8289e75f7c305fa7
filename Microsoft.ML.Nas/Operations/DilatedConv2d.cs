using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A dilated depthwise-separable convolution: ReLU, dilated depthwise convolution, pointwise convolution, batch normalisation.
/// <c>[C, H, W]</c> to <c>[channels, H / stride, W / stride]</c>, rounded up (<c>dil_conv</c> of DARTS; Liu 2019).
/// </summary>
/// <param name="Channels">The number of output channels.</param>
/// <param name="Kernel">Height and width of the kernel, odd.</param>
public sealed record DilatedConv2d(int Channels, int Kernel = 3) : Operation
{
    /// <summary>The step between outputs. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The distance between the kernel's elements. Default 2.</summary>
    public int Dilation { get; init; } = 2;

    private ConvolutionWindow Window => ConvolutionWindow.Square(Kernel, Stride, Dilation).Check(this);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Output(input).ToShape();

    internal override Operation? OnPartOfChannels(int parts) => Channels % parts == 0 ? this with { Channels = Channels / parts } : null;

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var (image, output) = (ImageSize.Of(this, input), Output(input));
        var weights = image.Channels * ((long)Kernel * Kernel + Channels);
        return new(weights + 2L * Channels, weights * output.Area, output.ToShape().Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => ConvolutionUnit.Separable(ImageSize.Of(this, input).Channels, Channels, Window, affine: true);

    internal override Module<Tensor, Tensor> CreateSharedModule(Shape input) => ConvolutionUnit.Separable(ImageSize.Of(this, input).Channels, Channels, Window, affine: false);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((ConvolutionUnit)module).Emit(graph, input);

    private ImageSize Output(Shape input)
    {
        ConvolutionWindow.CheckPositive(this, Channels);
        return Window.Output(ImageSize.Of(this, input), Channels);
    }
}
