using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A depthwise-separable convolution applied twice, each time ReLU, depthwise convolution, pointwise convolution, batch normalisation;
/// the stride is the first one's. <c>[C, H, W]</c> to <c>[channels, H / stride, W / stride]</c>, rounded up
/// (<c>sep_conv</c> of NASNet and DARTS; Liu 2019).
/// </summary>
/// <param name="Channels">The number of output channels.</param>
/// <param name="Kernel">Height and width of the kernel, odd.</param>
public sealed record SeparableConv2d(int Channels, int Kernel = 3) : Operation
{
    /// <summary>The step between outputs. Default 1.</summary>
    public int Stride { get; init; } = 1;

    private ConvolutionWindow Window => ConvolutionWindow.Square(Kernel, Stride).Check(this);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Output(input).ToShape();

    internal override Operation? OnPartOfChannels(int parts) => Channels % parts == 0 ? this with { Channels = Channels / parts } : null;

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var (image, output) = (ImageSize.Of(this, input), Output(input));
        long inputs = image.Channels, taps = (long)Kernel * Kernel;
        var weights = inputs * (2 * taps + inputs + Channels);
        return new(weights + 2 * (inputs + Channels), weights * output.Area, output.ToShape().Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new SeparableModule(ImageSize.Of(this, input).Channels, Channels, Window, affine: true);

    internal override Module<Tensor, Tensor> CreateSharedModule(Shape input) => new SeparableModule(ImageSize.Of(this, input).Channels, Channels, Window, affine: false);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((SeparableModule)module).Emit(graph, input);

    private ImageSize Output(Shape input)
    {
        ConvolutionWindow.CheckPositive(this, Channels);
        return Window.Output(ImageSize.Of(this, input), Channels);
    }

    private sealed class SeparableModule : Module<Tensor, Tensor>
    {
        private readonly ConvolutionUnit first;
        private readonly ConvolutionUnit second;

        public SeparableModule(int inputs, int outputs, ConvolutionWindow window, bool affine) : base(nameof(SeparableModule))
        {
            first = ConvolutionUnit.Separable(inputs, inputs, window, affine);
            second = ConvolutionUnit.Separable(inputs, outputs, ConvolutionWindow.Square(window.Height), affine);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => second.forward(first.forward(input));

        public GraphValue Emit(GraphBuilder graph, GraphValue input) => second.Emit(graph, first.Emit(graph, input));
    }
}
