using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// One vector for every column of an encoded table row, so that a Transformer can attend to columns (FT-Transformer, Gorishniy 2021): a class token,
/// then <c>x · w + b</c> for every number and an embedding plus <c>b</c> for every category: <c>[columns]</c> to <c>[1 + columns, units]</c>.
/// </summary>
/// <param name="Units">The size of a column's vector.</param>
public sealed record FeatureTokenizer(Setting<int> Units) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => new(1 + Table(input).Numbers + Table(input).Categories, Units.Value);

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var table = Table(input);
        var vectors = 1L + 2 * table.Numbers + table.Categories + table.Cardinalities.Sum();
        return new(vectors * Units.Value, (table.Numbers + table.Categories) * (long)Units.Value, OutputShape(input).Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new TokenizerModule(Table(input), Units.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((TokenizerModule)module).Emit(graph, input);

    internal override ElasticModule CreateElasticModule(Shape largestInput)
    {
        var tokenizer = new TokenizerModule(Table(largestInput), Units.Values.Max());
        return new ElasticWidth(tokenizer, Units.Values, tokenizer.Forward);
    }

    private TableShape Table(Shape input) => input as TableShape ?? throw ShapeException.Wrong(this, input, "an encoded table row");

    private sealed class TokenizerModule : Module<Tensor, Tensor>
    {
        private readonly TableShape _table;
        private readonly int _units;
        private readonly Parameter classToken;
        private readonly Parameter bias;
        private readonly Parameter? weight;
        private readonly TorchSharp.Modules.Embedding? categories;

        public TokenizerModule(TableShape table, int units) : base(nameof(TokenizerModule))
        {
            (_table, _units) = (table, units);
            classToken = Uniform(1);
            bias = Uniform(table.Numbers + table.Categories);
            weight = table.Numbers > 0 ? Uniform(table.Numbers) : null;
            categories = table.Categories > 0 ? Embedding(table.Cardinalities.Sum(), units) : null;
            if (categories is not null) init.uniform_(categories.weight!, -Bound, Bound);
            RegisterComponents();
            if (categories is not null) register_buffer("offsets", tensor(Offsets));
        }

        /// <summary>Where a column's categories begin in the table of all.</summary>
        private long[] Offsets => [.. _table.Cardinalities.Select((_, column) => (long)_table.Cardinalities.Take(column).Sum())];

        public override Tensor forward(Tensor input) => Forward(input, _units);

        public Tensor Forward(Tensor input, int units)
        {
            Tensor First(Tensor vectors) => units == _units ? vectors : vectors.narrow(1, 0, units);
            var batch = input.shape[0];
            var parts = new List<Tensor>();
            if (weight is not null) parts.Add(input.narrow(1, 0, _table.Numbers).unsqueeze(-1) * First(weight));
            if (categories is not null)
            {
                var codes = Scalars.Sum(input.narrow(1, _table.Numbers, _table.Categories).to_type(ScalarType.Int64), get_buffer("offsets")!);
                parts.Add(categories.forward(codes).narrow(2, 0, units));
            }
            var columns = Scalars.Sum(parts.Count == 1 ? parts[0] : cat(parts, 1), First(bias));
            return cat([First(classToken).unsqueeze(0).expand(batch, 1, units), columns], 1);
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var parts = new List<GraphValue>();
            if (weight is not null)
            {
                var numbers = graph.Slice(input, axis: 1, start: 0, end: _table.Numbers);
                parts.Add(graph.Mul(graph.Unsqueeze(numbers, axes: [2]), graph.Constant(weight.ToFloats(), _table.Numbers, _units)));
            }
            if (categories is not null)
            {
                var codes = graph.Cast(graph.Slice(input, axis: 1, start: _table.Numbers, end: long.MaxValue), ElementType.Int64);
                var places = graph.Add(codes, graph.Constant(Offsets, Offsets.Length));
                parts.Add(graph.Gather(graph.Constant(categories.weight!.ToFloats(), _table.Cardinalities.Sum(), _units), places));
            }
            var joined = parts.Count == 1 ? parts[0] : graph.Concat(1, [.. parts]);
            var columns = graph.Add(joined, graph.Constant(bias.ToFloats(), _table.Numbers + _table.Categories, _units));
            // The class token is the same for every row; a row's first column, times zero, gives it the batch's size.
            var ofBatch = graph.Mul(graph.Slice(columns, axis: 1, start: 0, end: 1), graph.Constant(0f));
            return graph.Concat(1, graph.Add(ofBatch, graph.Constant(classToken.ToFloats(), 1, _units)), columns);
        }

        private double Bound => 1 / Math.Sqrt(_units);

        private Parameter Uniform(int vectors) => Parameter(init.uniform_(empty(vectors, _units), -Bound, Bound));
    }
}
