using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Zeros in place of its input, <c>[...]</c> to <c>[...]</c>; with a stride, of an image <c>[C, H, W]</c> made smaller to <c>[C, H / stride, W / stride]</c>, rounded up.</summary>
public sealed record Zero : Operation
{
    /// <summary>The step between outputs, for images. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ConvolutionWindow.CheckPositive(this, Stride);
        if (Stride == 1) return Encoded(input);
        var image = ImageSize.Of(this, input);
        return ConvolutionWindow.Square(1, Stride).Output(image, image.Channels).ToShape();
    }

    internal override Operation OnPartOfChannels(int parts) => this;

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new ZeroModule(Stride);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var part = Stride == 1 ? input : graph.Slice(input, [0, 0], [long.MaxValue, long.MaxValue], [2, 3], [Stride, Stride]);
        return graph.Mul(part, graph.Constant(0f));
    }

    private sealed class ZeroModule(int stride) : Module<Tensor, Tensor>(nameof(ZeroModule))
    {
        public override Tensor forward(Tensor input) =>
            stride == 1 ? input * Scalars.Zero : input[TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)] * Scalars.Zero;
    }
}
