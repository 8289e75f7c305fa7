using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A learned vector for every token: ids <c>[length]</c> to a sequence <c>[length, units]</c>. Padding becomes zeros; an id outside the
/// vocabulary counts as <see cref="TokenShape.Unknown"/>. Batches are cut to their longest text, in ONNX too.
/// </summary>
/// <param name="Units">The size of a token's vector.</param>
public sealed record Embedding(Setting<int> Units) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => new SequenceShape(Tokens(input).Length, Units.Value);

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new((long)Tokens(input).Vocabulary * Units.Value, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new EmbeddingModule(Tokens(input).Vocabulary, Units.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((EmbeddingModule)module).Emit(graph, input);

    internal override ElasticModule CreateElasticModule(Shape largestInput)
    {
        var embedding = new EmbeddingModule(Tokens(largestInput).Vocabulary, Units.Values.Max());
        return new ElasticWidth(embedding, Units.Values, (ids, units) => embedding.forward(ids).narrow(-1, 0, units));
    }

    private TokenShape Tokens(Shape input) => input as TokenShape ?? throw ShapeException.Wrong(this, input, "token ids");

    private sealed class EmbeddingModule : Module<Tensor, Tensor>
    {
        private readonly int _vocabulary;
        private readonly int _units;
        private readonly TorchSharp.Modules.Embedding table;

        public EmbeddingModule(int vocabulary, int units) : base(nameof(EmbeddingModule))
        {
            (_vocabulary, _units) = (vocabulary, units);
            table = Embedding(vocabulary, units, padding_idx: TokenShape.Padding);
            using (no_grad()) table.weight!.mul_(Scalars.Held(1 / Math.Sqrt(units)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var ids = input.to_type(ScalarType.Int64);
            ids = ids.masked_fill(ids.lt(Scalars.Zero).logical_or(ids.ge(Scalars.Held(_vocabulary))), Scalars.Held(TokenShape.Unknown));
            ids = ids.narrow(1, 0, Longest(ids));
            return table.forward(ids) * ids.ne(Scalars.Held(TokenShape.Padding)).unsqueeze(-1).to_type(ScalarType.Float32);
        }

        /// <summary>The number of ids, one at least, after which there is only padding.</summary>
        private static long Longest(Tensor ids)
        {
            using var scope = NewDisposeScope();
            var used = ids.ne(Scalars.Held(TokenShape.Padding)).any(0).to_type(ScalarType.Int64);
            return Math.Max(1, (used * Scalars.Range(1, ids.shape[1] + 1, ScalarType.Int64, ids.device)).max().item<long>());
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var ids = input.ElementType == ElementType.Int64 ? input : graph.Cast(input, ElementType.Int64);
            var isOutside = graph.Or(graph.Less(ids, graph.Constant(0L)), graph.GreaterOrEqual(ids, graph.Constant((long)_vocabulary)));
            var known = graph.Where(isOutside, graph.Constant((long)TokenShape.Unknown), ids);
            var values = table.weight!.ToFloats();
            values.AsSpan(TokenShape.Padding * _units, _units).Clear();
            return graph.Gather(graph.Constant(values, _vocabulary, _units), graph.Slice(known, axis: 1, Longest(graph, known)));
        }

        /// <summary>The number of ids, one at least, after which there is only padding: Int64 <c>[1]</c>. A batch may have no rows.</summary>
        private static GraphValue Longest(GraphBuilder graph, GraphValue ids)
        {
            var length = (int)ids.Shape[1].Size!.Value;
            var used = graph.Cast(graph.Not(graph.Equal(ids, graph.Constant((long)TokenShape.Padding))), ElementType.Int64);
            var places = graph.Mul(used, graph.Constant([.. Enumerable.Range(1, length).Select(static place => (long)place)]));
            return graph.Reshape(graph.ReduceMax(graph.Concat(0, graph.Constant([1L, .. new long[length - 1]], 1, length), places), axes: []), 1);
        }
    }
}
