using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Piecewise-linear encoding over quantile bins (Gorishniy 2022): a number becomes one feature per bin, 0 below the bin,
/// 1 above it, and the share of the bin passed inside it.
/// </summary>
/// <param name="Bins">The largest number of bins per number; numbers with fewer different values have fewer.</param>
public sealed record QuantileEncoding(int Bins) : TableEncoding
{
    /// <summary>Whether the standardised numbers themselves are features too. Default false.</summary>
    public bool KeepsNumbers { get; init; }

    private protected override int NumberFeatures(TableShape table) =>
        Enumerable.Range(0, table.Numbers).Sum(number => Edges(table, number).Length - 1) + (KeepsNumbers ? table.Numbers : 0);

    private protected override NumberEncodingModule CreateNumberModule(TableShape table)
    {
        var columns = new List<long>();
        var scales = new List<float>();
        var shifts = new List<float>();
        for (var number = 0; number < table.Numbers; number++)
        {
            var edges = Edges(table, number);
            for (var bin = 0; bin + 1 < edges.Length; bin++)
            {
                var scale = 1f / (edges[bin + 1] - edges[bin]);
                columns.Add(number);
                scales.Add(scale);
                shifts.Add(-edges[bin] * scale);
            }
        }
        return new QuantileModule([.. columns], [.. scales], [.. shifts], KeepsNumbers);
    }

    /// <summary>The shape's edges, thinned out evenly to at most <see cref="Bins"/> bins.</summary>
    private float[] Edges(TableShape table, int number)
    {
        if (Bins < 1) throw new ShapeException($"QuantileEncoding needs at least one bin; it was given {Bins}.");
        var edges = table.Quantiles[number];
        if (edges.Length - 1 <= Bins) return [.. edges];
        return [.. Enumerable.Range(0, Bins + 1).Select(bin => edges[(int)((long)bin * (edges.Length - 1) / Bins)])];
    }

    private sealed class QuantileModule : NumberEncodingModule
    {
        private readonly long[] _columns;
        private readonly float[] _scales;
        private readonly float[] _shifts;
        private readonly bool _keepsNumbers;

        public QuantileModule(long[] columns, float[] scales, float[] shifts, bool keepsNumbers) : base(nameof(QuantileModule))
        {
            (_columns, _scales, _shifts, _keepsNumbers) = (columns, scales, shifts, keepsNumbers);
            register_buffer("columns", tensor(columns));
            register_buffer("scales", tensor(scales));
            register_buffer("shifts", tensor(shifts));
        }

        public override Tensor forward(Tensor input)
        {
            var bins = input.index_select(1, get_buffer("columns")!).mul_(get_buffer("scales")!).add_(get_buffer("shifts")!, Scalars.One).clamp_(Scalars.Zero, Scalars.One);
            return _keepsNumbers ? cat([bins, input], 1) : bins;
        }

        public override GraphValue Emit(GraphBuilder graph, GraphValue row, TableShape table)
        {
            var values = graph.Gather(row, graph.Constant(_columns, _columns.Length), axis: 1);
            var scaled = graph.Mul(values, graph.Constant(_scales, _scales.Length));
            var bins = graph.Clip(graph.Add(scaled, graph.Constant(_shifts, _shifts.Length)), 0f, 1f);
            return _keepsNumbers ? graph.Concat(1, bins, Numbers(graph, row, table)) : bins;
        }
    }
}
