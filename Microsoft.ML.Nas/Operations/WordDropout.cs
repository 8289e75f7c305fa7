using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Turns tokens into unknown ones at random while training (Iyyer 2015; Gal 2016), so that no single word decides and the unknown token is learned. Nothing while scoring.</summary>
/// <param name="Rate">The probability of a token to be dropped, at least 0 and below 1.</param>
public sealed record WordDropout(Setting<float> Rate) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input is not TokenShape) throw ShapeException.Wrong(this, input, "token ids");
        if (Rate.Value is < 0 or >= 1 or float.NaN) throw new ShapeException($"WordDropout's rate must be at least 0 and below 1; it is {Rate.Value}.");
        return input;
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new WordDropoutModule(Rate.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

    internal override ElasticModule CreateElasticModule(Shape largestInput) => new ElasticWordDropout([.. Rate.Values]);

    private static Tensor Drop(Tensor ids, float rate) =>
        ids.masked_fill(rand(ids.shape, device: ids.device).lt(Scalars.Held(rate)).logical_and(ids.ne(Scalars.Held(TokenShape.Padding))), Scalars.Held(TokenShape.Unknown));

    private sealed class WordDropoutModule(float rate) : Module<Tensor, Tensor>(nameof(WordDropoutModule))
    {
        public override Tensor forward(Tensor input) => training && rate > 0 ? Drop(input, rate) : input.alias();
    }

    private sealed class ElasticWordDropout(float[] rates) : ElasticModule(nameof(ElasticWordDropout))
    {
        public override Tensor forward(Tensor input, MixtureEntry[] settings)
        {
            if (settings[0].Weights is not null)
                throw new InvalidOperationException("Rates of word dropout cannot be mixed: they are a decision about regularization, so give it one option.");
            var rate = rates[settings[0].Index];
            return training && rate > 0 ? Drop(input, rate) : input.alias();
        }
    }
}
