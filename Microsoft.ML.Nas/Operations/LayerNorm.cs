using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Layer normalisation over the innermost dimension, with scale and shift (Ba 2016).</summary>
public sealed record LayerNorm : Operation
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        Encoded(input);

    internal override Operation OnPartOfChannels(int parts) => this;

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(2L * input.Features, 2 * input.Count, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new LayerNormModule(input.Features, input is SequenceShape);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var norm = (LayerNormModule)module;
        var output = graph.LayerNormalization(input, graph.Constant(norm.Weight.ToFloats(), norm.Features), graph.Constant(norm.Bias.ToFloats(), norm.Features), epsilon: Epsilon);
        return norm.IsPadded ? SequencePadding.Keep(graph, output, input) : output;
    }

    private sealed class LayerNormModule : Module<Tensor, Tensor>
    {
        private readonly Parameter weight;
        private readonly Parameter bias;

        public LayerNormModule(int features, bool isPadded) : base(nameof(LayerNormModule))
        {
            (Features, IsPadded) = (features, isPadded);
            weight = Parameter(ones(features));
            bias = Parameter(zeros(features));
            RegisterComponents();
        }

        public int Features { get; }

        public bool IsPadded { get; }

        public Tensor Weight => weight;

        public Tensor Bias => bias;

        public override Tensor forward(Tensor input)
        {
            if (ForwardProbe.SkipsNormalizations) return input;
            var features = input.shape[^1];
            var output = features == Features
                ? functional.layer_norm(Autocast.Full(input), [features], weight, bias, Epsilon)
                : functional.layer_norm(Autocast.Full(input), [features], weight.narrow(0, 0, features), bias.narrow(0, 0, features), Epsilon);
            return IsPadded ? SequencePadding.Keep(output, input) : output;
        }
    }
}
