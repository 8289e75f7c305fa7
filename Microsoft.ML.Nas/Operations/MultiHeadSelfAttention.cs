using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Multi-head self-attention (Vaswani 2017) over the steps of a sequence: <c>[steps, features]</c> to the same, with biases. Padding is not attended to.
/// </summary>
/// <param name="Heads">The number of heads; a divisor of the number of features.</param>
public sealed record MultiHeadSelfAttention(Setting<int> Heads) : Operation
{
    // Finite, so that a sequence that is all padding has weights too.
    private const float Never = -1e9f;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Heads.Value >= 1 && Steps(input).Features % Heads.Value == 0
        ? input
        : throw new ShapeException($"The number of heads must divide the number of features; {Heads.Value} heads were given {input}.");

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        long steps = input.Dimensions[0], features = input.Features;
        return new(4 * features * (features + 1), 4 * steps * features * features + 2 * steps * steps * features, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new AttentionModule(input, Heads.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((AttentionModule)module).Emit(graph, input);

    /// <summary>Heads are slices of the same projections.</summary>
    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticAttention(largestInput, [.. Heads.Values]);

    private sealed class AttentionModule : Module<Tensor, Tensor>
    {
        private readonly bool _isPadded;
        private readonly int _heads;
        private readonly LinearModule query;
        private readonly LinearModule key;
        private readonly LinearModule value;
        private readonly LinearModule output;

        public AttentionModule(Shape input, int heads) : base(nameof(AttentionModule))
        {
            (_isPadded, _heads) = (input is SequenceShape, heads);
            query = new LinearModule(input.Features, input.Features);
            key = new LinearModule(input.Features, input.Features);
            value = new LinearModule(input.Features, input.Features);
            output = new LinearModule(input.Features, input.Features);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => Forward(input, [_heads])[0];

        /// <summary>The outputs with each of some numbers of heads, which slice the same projections.</summary>
        public Tensor[] Forward(Tensor input, IReadOnlyList<int> numbers)
        {
            var (steps, features) = (input.shape[1], input.shape[2]);
            var (queries, keys, values) = (query.Forward(input, (int)features), key.Forward(input, (int)features), value.Forward(input, (int)features));
            var mask = _isPadded ? SequencePadding.Mask(input) : null;
            var isPadding = mask?.logical_not().unsqueeze(1).unsqueeze(1);
            return [.. numbers.Select(Attend)];

            Tensor Attend(int heads)
            {
                Tensor Split(Tensor projected) => projected.reshape(-1, steps, heads, features / heads).transpose(1, 2);
                var scores = Autocast.Full(Autocast.MatMul(Split(queries) * Scalars.Held(1 / Math.Sqrt(features / heads)), Split(keys).transpose(2, 3)));
                if (isPadding is not null) scores = scores.masked_fill(isPadding, Scalars.Held(Never));
                var joined = Autocast.MatMul(scores.softmax(-1), Split(values)).transpose(1, 2).reshape(-1, steps, features);
                var result = output.Forward(joined, (int)features);
                return mask is null ? result : result * mask.unsqueeze(-1).to_type(result.dtype);
            }
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            long features = query.Inputs, size = features / _heads;
            GraphValue Split(LinearModule projection, params int[] axes) =>
                graph.Transpose(graph.Reshape(projection.Emit(graph, input), [0, 0, _heads, size]), axes);
            var scaled = graph.Mul(Split(query, 0, 2, 1, 3), graph.Constant((float)(1 / Math.Sqrt(size))));
            var scores = graph.MatMul(scaled, Split(key, 0, 2, 3, 1));
            var mask = _isPadded ? SequencePadding.Mask(graph, input) : null;
            if (mask is not null) scores = graph.Where(graph.Unsqueeze(mask, axes: [1, 2]), scores, graph.Constant(Never));
            var joined = graph.Transpose(graph.MatMul(graph.Softmax(scores), Split(value, 0, 2, 1, 3)), 0, 2, 1, 3);
            var result = output.Emit(graph, graph.Reshape(joined, [0, 0, features]));
            return mask is null ? result : graph.Mul(result, graph.Unsqueeze(graph.Cast(mask, ElementType.Float), axes: [2]));
        }
    }

    private sealed class ElasticAttention : ElasticModule
    {
        private readonly int[] _heads;
        private readonly AttentionModule _attention;

        public ElasticAttention(Shape input, int[] heads) : base(nameof(ElasticAttention))
        {
            _heads = heads;
            _attention = new AttentionModule(input, heads[0]);
            register_module("attention", _attention);
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings)
        {
            if (settings[0].Weights is not { } weights) return _attention.Forward(input, [_heads[settings[0].Index]])[0];
            return _attention.Forward(input, _heads).Select((output, option) => output * weights.select(0, option)).Aggregate(Scalars.Sum);
        }
    }
}
