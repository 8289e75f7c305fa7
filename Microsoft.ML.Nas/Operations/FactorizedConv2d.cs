using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A convolution in two, a row and a column: ReLU, 1×k convolution, k×1 convolution, batch normalisation. <c>[C, H, W]</c> to
/// <c>[channels, H / stride, W / stride]</c>, rounded up (<c>conv_7x1_1x7</c> of DARTS, after Szegedy 2016).
/// </summary>
/// <param name="Channels">The number of output channels, and of those in between.</param>
/// <param name="Kernel">The length of the kernels, odd.</param>
public sealed record FactorizedConv2d(int Channels, int Kernel = 7) : Operation
{
    /// <summary>The step between outputs. Default 1.</summary>
    public int Stride { get; init; } = 1;

    private ConvolutionWindow Row => new ConvolutionWindow(1, Kernel, 1, Stride).Check(this);

    private ConvolutionWindow Column => new(Kernel, 1, Stride);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Output(input).ToShape();

    internal override Operation? OnPartOfChannels(int parts) => Channels % parts == 0 ? this with { Channels = Channels / parts } : null;

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var (image, output) = (ImageSize.Of(this, input), Output(input));
        long rows = (long)image.Channels * Channels * Kernel, columns = (long)Channels * Channels * Kernel;
        return new(rows + columns + 2L * Channels, rows * Row.Output(image, Channels).Area + columns * output.Area, output.ToShape().Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => Create(input, affine: true);

    internal override Module<Tensor, Tensor> CreateSharedModule(Shape input) => Create(input, affine: false);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((ConvolutionUnit)module).Emit(graph, input);

    private ConvolutionUnit Create(Shape input, bool affine) =>
        new(affine, new ConvolutionModule(ImageSize.Of(this, input).Channels, Channels, Row), new ConvolutionModule(Channels, Channels, Column));

    private ImageSize Output(Shape input)
    {
        ConvolutionWindow.CheckPositive(this, Channels);
        return Column.Output(Row.Output(ImageSize.Of(this, input), Channels), Channels);
    }
}
