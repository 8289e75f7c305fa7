using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Halves an image without losing a pixel: ReLU, then two pointwise convolutions of stride 2, the second one pixel off in both directions,
/// side by side, then batch normalisation. <c>[C, H, W]</c> to <c>[channels, H / 2, W / 2]</c>, rounded up (<c>FactorizedReduce</c> of
/// DARTS; Liu 2019). An odd size is padded with a row and a column of zeros.
/// </summary>
/// <param name="Channels">The number of output channels; the first convolution gives half of them, rounded down.</param>
public sealed record FactorizedReduction(int Channels) : Operation
{
    private static readonly ConvolutionWindow Window = ConvolutionWindow.Square(1, stride: 2);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Output(input).ToShape();

    internal override Operation? OnPartOfChannels(int parts) => Channels % parts == 0 && Channels / parts >= 2 ? this with { Channels = Channels / parts } : null;

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var (image, output) = (ImageSize.Of(this, input), Output(input));
        var weights = (long)image.Channels * Channels;
        return new(weights + 2L * Channels, weights * output.Area, output.ToShape().Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new ReductionModule(ImageSize.Of(this, input).Channels, Channels, affine: true);

    internal override Module<Tensor, Tensor> CreateSharedModule(Shape input) => new ReductionModule(ImageSize.Of(this, input).Channels, Channels, affine: false);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((ReductionModule)module).Emit(graph, input);

    private ImageSize Output(Shape input)
    {
        if (Channels < 2) throw new ShapeException($"{Name}'s channels must be at least 2, since each of two convolutions gives a part of them; it is {Channels}.");
        return Window.Output(ImageSize.Of(this, input), Channels);
    }

    private sealed class ReductionModule : Module<Tensor, Tensor>
    {
        private readonly ConvolutionModule even;
        private readonly ConvolutionModule odd;
        private readonly BatchNormModule norm;

        public ReductionModule(int inputs, int outputs, bool affine) : base(nameof(ReductionModule))
        {
            even = new ConvolutionModule(inputs, outputs / 2, Window);
            odd = new ConvolutionModule(inputs, outputs - outputs / 2, Window);
            norm = BatchNormModule.OfChannels(outputs, affine);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var value = ForwardProbe.Relu(input);
            return norm.forward(cat([even.forward(value), odd.forward(OneOff(value))], 1));
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var value = graph.Relu(input);
            var (height, width) = (input.Shape[2].Size!.Value, input.Shape[3].Size!.Value);
            var shifted = graph.Pad(value, [0, 0, -1, -1, 0, 0, height % 2, width % 2]);
            var (scale, shift) = norm.Fold();
            var joined = graph.Concat(1, even.Emit(graph, value), odd.Emit(graph, shifted));
            return graph.Add(graph.Mul(joined, graph.Constant(scale, scale.Length, 1, 1)), graph.Constant(shift, shift.Length, 1, 1));
        }

        /// <summary>The image without its first row and column, padded at the end where its size is odd.</summary>
        private static Tensor OneOff(Tensor image)
        {
            var (height, width) = (image.shape[2], image.shape[3]);
            if (height % 2 == 1 || width % 2 == 1) image = functional.pad(image, [0, width % 2, 0, height % 2]);
            return image.narrow(2, 1, image.shape[2] - 1).narrow(3, 1, image.shape[3] - 1);
        }
    }
}
