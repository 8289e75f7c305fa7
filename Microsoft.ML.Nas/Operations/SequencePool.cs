using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// One vector for a sequence: <c>[steps, features]</c> to <c>[features]</c>, or <c>[2 · features]</c> for <see cref="SequencePooling.MeanAndMax"/>.
/// Padding does not count; a sequence of nothing else gives zeros.
/// </summary>
/// <param name="Pooling">How.</param>
public sealed record SequencePool(SequencePooling Pooling) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => new(Steps(input).Features * (Pooling == SequencePooling.MeanAndMax ? 2 : 1));

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(
        Pooling == SequencePooling.Attention ? input.Features : 0,
        Pooling switch { SequencePooling.Attention => 2 * input.Count, SequencePooling.Mean or SequencePooling.MeanAndMax => input.Count, _ => 0 },
        OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new PoolModule(Steps(input), Pooling);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((PoolModule)module).Emit(graph, input);

    private sealed class PoolModule : Module<Tensor, Tensor>
    {
        private const float Lowest = float.MinValue;
        private readonly bool _isPadded;
        private readonly SequencePooling _pooling;
        private readonly Parameter? query;

        public PoolModule(Shape input, SequencePooling pooling) : base(nameof(PoolModule))
        {
            (_isPadded, _pooling) = (input is SequenceShape, pooling);
            query = pooling == SequencePooling.Attention ? Parameter(init.normal_(empty(input.Features), 0, 1 / Math.Sqrt(input.Features))) : null;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            input = Autocast.Full(input);
            var lengths = _isPadded ? SequencePadding.Lengths(input) : null;
            return _pooling switch
            {
                SequencePooling.Mean => Mean(input, lengths),
                SequencePooling.Max => Max(input, lengths),
                SequencePooling.MeanAndMax => cat([Mean(input, lengths), Max(input, lengths)], 1),
                SequencePooling.Attention => Attend(input, lengths),
                SequencePooling.First => input.select(1, 0),
                _ => Last(input, lengths),
            };
        }

        private static Tensor Mean(Tensor input, Tensor? lengths) => lengths is null
            ? input.mean([1])
            : input.sum(1) / lengths.clamp(Scalars.One).unsqueeze(1).to_type(input.dtype);

        private static Tensor Max(Tensor input, Tensor? lengths)
        {
            if (lengths is null) return input.amax(1);
            var isPadding = SequencePadding.Mask(lengths, input.shape[1]).logical_not().unsqueeze(-1);
            return input.masked_fill(isPadding, Scalars.Held(Lowest)).amax(1).masked_fill(lengths.eq(Scalars.Zero).unsqueeze(1), Scalars.Zero);
        }

        private Tensor Attend(Tensor input, Tensor? lengths)
        {
            var scores = input.matmul(query!.narrow(0, 0, input.shape[2]));
            if (lengths is not null) scores = scores.masked_fill(SequencePadding.Mask(lengths, input.shape[1]).logical_not(), Scalars.Held(Lowest));
            return scores.softmax(1).unsqueeze(1).matmul(input).squeeze(1);
        }

        private static Tensor Last(Tensor input, Tensor? lengths)
        {
            if (lengths is null) return input.select(1, input.shape[1] - 1);
            var place = (lengths - Scalars.One).clamp(Scalars.Zero).reshape(-1, 1, 1).expand(-1, 1, input.shape[2]);
            return input.gather(1, place).squeeze(1);
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var lengths = _isPadded ? SequencePadding.Lengths(graph, input) : null;
            return _pooling switch
            {
                SequencePooling.Mean => EmitMean(graph, input, lengths),
                SequencePooling.Max => EmitMax(graph, input, lengths),
                SequencePooling.MeanAndMax => graph.Concat(1, EmitMean(graph, input, lengths), EmitMax(graph, input, lengths)),
                SequencePooling.Attention => EmitAttention(graph, input),
                SequencePooling.First => graph.Gather(input, graph.Constant(0L), axis: 1),
                _ => EmitLast(graph, input, lengths),
            };
        }

        private static GraphValue EmitMean(GraphBuilder graph, GraphValue input, GraphValue? lengths) => lengths is null
            ? graph.ReduceMean(input, axes: [1], keepDims: false)
            : graph.Div(graph.ReduceSum(input, axes: [1], keepDims: false), graph.Cast(graph.Max(lengths, graph.Constant(1L)), ElementType.Float));

        private static GraphValue EmitMax(GraphBuilder graph, GraphValue input, GraphValue? lengths)
        {
            if (lengths is null) return graph.ReduceMax(input, axes: [1], keepDims: false);
            var isStep = graph.Unsqueeze(SequencePadding.Mask(graph, input), axes: [2]);
            var largest = graph.ReduceMax(graph.Where(isStep, input, graph.Constant(Lowest)), axes: [1], keepDims: false);
            return graph.Where(graph.Equal(lengths, graph.Constant(0L)), graph.Constant(0f), largest);
        }

        private GraphValue EmitAttention(GraphBuilder graph, GraphValue input)
        {
            var scores = graph.MatMul(input, graph.Constant(query!.ToFloats(), query!.shape[0], 1));
            if (_isPadded) scores = graph.Where(graph.Unsqueeze(SequencePadding.Mask(graph, input), axes: [2]), scores, graph.Constant(Lowest));
            return graph.ReduceSum(graph.Mul(graph.Softmax(scores, axis: 1), input), axes: [1], keepDims: false);
        }

        private static GraphValue EmitLast(GraphBuilder graph, GraphValue input, GraphValue? lengths)
        {
            if (lengths is null) return graph.Gather(input, graph.Constant(-1L), axis: 1);
            var isLast = graph.Cast(graph.Equal(SequencePadding.Count(graph, input, first: 1), lengths), ElementType.Float);
            return graph.ReduceSum(graph.Mul(input, graph.Unsqueeze(isLast, axes: [2])), axes: [1], keepDims: false);
        }
    }
}
