using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Periodic encoding (Gorishniy 2022): a number x becomes itself and sin(2π c x), cos(2π c x) for several trained frequencies c,
/// which start as normal deviates.
/// </summary>
/// <param name="Frequencies">The number of frequencies per number.</param>
/// <param name="Sigma">The standard deviation of the frequencies at the start.</param>
public sealed record PeriodicEncoding(int Frequencies, float Sigma) : TableEncoding
{
    private protected override int NumberFeatures(TableShape table) => table.Numbers * (1 + 2 * Frequencies);

    private protected override long NumberParameters(TableShape table) => (long)table.Numbers * Frequencies;

    private protected override NumberEncodingModule CreateNumberModule(TableShape table)
    {
        if (Frequencies < 1 || !(Sigma > 0)) throw new ShapeException($"PeriodicEncoding needs at least one frequency and a positive sigma; it was given {Frequencies} and {Sigma}.");
        return new PeriodicModule(table.Numbers, Frequencies, Sigma);
    }

    private sealed class PeriodicModule : NumberEncodingModule
    {
        private readonly int _numbers;
        private readonly int _frequencies;
        private readonly Parameter frequencies;

        public PeriodicModule(int numbers, int count, float sigma) : base(nameof(PeriodicModule))
        {
            (_numbers, _frequencies) = (numbers, count);
            frequencies = Parameter(init.normal_(empty(numbers, count), 0, sigma));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var angles = (input.unsqueeze(-1) * frequencies).mul(Scalars.Held(2 * Math.PI)).flatten(1);
            return cat([input, angles.sin(), angles.cos()], 1);
        }

        public override GraphValue Emit(GraphBuilder graph, GraphValue row, TableShape table)
        {
            var numbers = Numbers(graph, row, table);
            var products = graph.Mul(graph.Unsqueeze(numbers, axes: [2]), graph.Constant(frequencies.ToFloats(), _numbers, _frequencies));
            var angles = graph.Mul(graph.Reshape(products, [0, (long)_numbers * _frequencies]), graph.Constant((float)(2 * Math.PI)));
            return graph.Concat(1, numbers, graph.Sin(angles), graph.Cos(angles));
        }
    }
}
