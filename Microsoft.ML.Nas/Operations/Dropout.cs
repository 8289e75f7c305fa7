using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Sets values to zero at random while training, and scales the rest up (Srivastava 2014). Nothing while scoring.</summary>
/// <param name="Rate">The probability of a zero, at least 0 and below 1.</param>
public sealed record Dropout(Setting<float> Rate) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        _ = Encoded(input);
        if (Rate.Value is < 0 or >= 1 or float.NaN) throw new ShapeException($"Dropout's rate must be at least 0 and below 1; it is {Rate.Value}.");
        return input;
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new DropoutModule(Rate.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticDropout([.. Rate.Values]);

    private sealed class DropoutModule(float rate) : Module<Tensor, Tensor>(nameof(DropoutModule))
    {
        public override Tensor forward(Tensor input) => training && rate > 0 ? functional.dropout(input, rate, training: true) : input.alias();
    }

    private sealed class ElasticDropout : ElasticModule
    {
        private readonly float[] _rates;

        public ElasticDropout(float[] rates) : base(nameof(ElasticDropout))
        {
            _rates = rates;
            register_buffer("rates", tensor(rates));
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings)
        {
            if (!training) return input.alias();
            if (settings[0].Weights is not { } weights)
                return _rates[settings[0].Index] > 0 ? functional.dropout(input, _rates[settings[0].Index], training: true) : input.alias();
            // One draw serves all rates: the sum over rates of weight × (kept ÷ share kept).
            var rates = get_buffer("rates")!;
            var kept = rand_like(input, ScalarType.Float32).unsqueeze(-1).ge(rates).to_type(input.dtype) / Scalars.Sum(-rates, Scalars.One);
            return input * kept.matmul(weights);
        }
    }
}
