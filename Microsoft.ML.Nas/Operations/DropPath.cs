using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Drops whole examples at random while training, and scales the rest up: the stochastic depth of Huang 2016, the drop-path of
/// FractalNet (Larsson 2017), for the body of a <see cref="Residual"/>. Nothing while scoring.
/// </summary>
/// <param name="Rate">The probability of a drop, at least 0 and below 1.</param>
public sealed record DropPath(float Rate) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        _ = Encoded(input);
        if (Rate is < 0 or >= 1 or float.NaN) throw new ShapeException($"{Name}'s rate must be at least 0 and below 1; it is {Rate}.");
        return input;
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new DropPathModule(Rate);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

    /// <summary>Sets examples to zero at random and scales the rest up.</summary>
    internal static Tensor Drop(Tensor input, double rate)
    {
        long[] perExample = [input.shape[0], .. Enumerable.Repeat(1L, (int)input.dim() - 1)];
        return input * (rand(perExample, device: input.device).ge(Scalars.Held(rate)).to_type(input.dtype) / Scalars.Held(1 - rate));
    }

    private sealed class DropPathModule(float rate) : Module<Tensor, Tensor>(nameof(DropPathModule))
    {
        public override Tensor forward(Tensor input) => training && rate > 0 ? Drop(input, rate) : input.alias();
    }
}
