using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Turns a stored image, bytes or floats, into floats of mean 0 and deviation 1 in each channel: <see cref="ImageShape"/> to the plain
/// <c>[channels, height, width]</c>. Networks and supernets put it before a space's tree themselves. It counts no multiply-adds.
/// </summary>
public sealed record ImageNormalization : Operation
{
    /// <summary>The tree with the normalisation before it where the input is a stored image.</summary>
    internal static Block Before(Block tree, Shape input) => input is ImageShape ? new Chain(new ImageNormalization(), tree) : tree;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Image(input).Normalized;

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new NormalizationModule(Image(input));

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var (means, factors) = ((NormalizationModule)module).Values;
        var values = input.ElementType == ElementType.Float ? input : graph.Cast(input, ElementType.Float);
        return graph.Mul(graph.Sub(values, graph.Constant(means, means.Length, 1, 1)), graph.Constant(factors, factors.Length, 1, 1));
    }

    private ImageShape Image(Shape input) => input as ImageShape ?? throw ShapeException.Wrong(this, input, "a stored image with the statistics of its channels");

    private sealed class NormalizationModule : Module<Tensor, Tensor>
    {
        public NormalizationModule(ImageShape image) : base(nameof(NormalizationModule))
        {
            long[] shape = [image.Means.Length, 1, 1];
            register_buffer("means", tensor(image.Means.ToArray(), shape));
            register_buffer("factors", tensor(image.Deviations.Select(static deviation => 1 / deviation).ToArray(), shape));
        }

        public (float[] Means, float[] Factors) Values => (get_buffer("means")!.ToFloats(), get_buffer("factors")!.ToFloats());

        public override Tensor forward(Tensor input) => (input - get_buffer("means")!) * get_buffer("factors")!;
    }
}
