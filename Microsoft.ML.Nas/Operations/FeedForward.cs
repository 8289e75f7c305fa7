using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// The feed-forward part of a Transformer block (Vaswani 2017): a linear layer to <c>expansion · features</c> units, an activation, and a
/// linear layer back, for every step alone: <c>[..., features]</c> to the same.
/// </summary>
/// <param name="Expansion">How many times as many hidden units as features there are.</param>
/// <param name="Activation">What stands between the layers. Default <see cref="FeedForwardActivation.Gelu"/>.</param>
public sealed record FeedForward(Setting<int> Expansion, FeedForwardActivation Activation = FeedForwardActivation.Gelu) : Operation
{
    private bool IsGated => Activation == FeedForwardActivation.Reglu;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Expansion.Value >= 1
        ? Encoded(input)
        : throw new ShapeException($"FeedForward's expansion must be at least 1; it is {Expansion.Value}.");

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        long features = input.Features, hidden = features * Expansion.Value, layers = IsGated ? 2 : 1;
        return new((layers * hidden * (features + 1)) + (features * (hidden + 1)), output.Count * hidden * (layers + 1), output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new FeedForwardModule(input, Expansion.Value, Activation);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((FeedForwardModule)module).Emit(graph, input);

    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticFeedForward(largestInput, [.. Expansion.Values], Activation);

    private sealed class FeedForwardModule : Module<Tensor, Tensor>
    {
        private readonly bool _isPadded;
        private readonly int _expansion;
        private readonly FeedForwardActivation _activation;
        private readonly LinearModule up;
        private readonly LinearModule? gate;
        private readonly LinearModule down;

        public FeedForwardModule(Shape input, int expansion, FeedForwardActivation activation) : base(nameof(FeedForwardModule))
        {
            (_isPadded, _expansion, _activation) = (input is SequenceShape, expansion, activation);
            up = new LinearModule(input.Features, input.Features * expansion);
            gate = activation == FeedForwardActivation.Reglu ? new LinearModule(input.Features, input.Features * expansion) : null;
            down = new LinearModule(input.Features * expansion, input.Features);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => Forward(input, _expansion);

        /// <param name="input">Features.</param>
        /// <param name="expansion">How many times as many hidden units as features are used.</param>
        /// <param name="weights">What each multiple of the features is weighted with, <c>[expansion, 1]</c>; null for one.</param>
        public Tensor Forward(Tensor input, int expansion, Tensor? weights = null)
        {
            var features = (int)input.shape[^1];
            var hidden = up.Forward(input, features * expansion);
            hidden = _activation switch
            {
                FeedForwardActivation.Relu => ForwardProbe.Relu(hidden),
                // One dimension makes the gradient contiguous, which GELU's backward pass needs in LibTorch 1.13.
                FeedForwardActivation.Gelu => functional.gelu(hidden).flatten().reshape(hidden.shape),
                _ => hidden * ForwardProbe.Relu(gate!.Forward(input, features * expansion)),
            };
            if (weights is not null) hidden = (hidden.reshape([.. input.shape[..^1], expansion, features]) * weights).flatten(-2);
            var output = down.Forward(hidden, features);
            return _isPadded ? SequencePadding.Keep(output, input) : output;
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var hidden = up.Emit(graph, input);
            hidden = _activation switch
            {
                FeedForwardActivation.Relu => graph.Relu(hidden),
                FeedForwardActivation.Gelu => graph.Gelu(hidden),
                _ => graph.Mul(hidden, graph.Relu(gate!.Emit(graph, input))),
            };
            var output = down.Emit(graph, hidden);
            return _isPadded ? SequencePadding.Keep(graph, output, input) : output;
        }
    }

    private sealed class ElasticFeedForward : ElasticModule
    {
        private readonly int[] _expansions;
        private readonly FeedForwardModule _module;

        public ElasticFeedForward(Shape input, int[] expansions, FeedForwardActivation activation) : base(nameof(ElasticFeedForward))
        {
            _expansions = expansions;
            _module = new FeedForwardModule(input, expansions.Max(), activation);
            register_module("module", _module);
            register_buffer("masks", WidthMasks.Create(expansions));
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings) => settings[0].Weights is { } weights
            ? _module.Forward(input, _expansions.Max(), matmul(weights, get_buffer("masks")!).unsqueeze(-1))
            : _module.Forward(input, _expansions[settings[0].Index]);
    }
}
