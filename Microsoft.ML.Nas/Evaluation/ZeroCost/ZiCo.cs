using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// ZiCo (Li 2023): Σ over layers of ln Σ E|g| / √Var|g| over the layer's weights, with mean and variance of the loss's gradient g over several batches:
/// gradients that are large and agree promise fast training.
/// </summary>
public sealed class ZiCo : Proxy
{
    /// <summary>The number of batches that the rows are cut into. Default 4; the paper has 2.</summary>
    public int Batches { get; init; } = 4;

    /// <inheritdoc/>
    public override string Name => "zico";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(Batches, 2);
        using var scope = NewDisposeScope();
        using var network = context.CreateNetwork();
        var weights = Weights(network);
        var rows = (int)context.Features.shape[0];
        if (rows < Batches) throw new NotSupportedException($"ZiCo needs at least {Batches} rows, one a batch; there are {rows}.");
        var sizes = Enumerable.Range(0, Batches).Select(batch => Gradients(LossOf(batch * rows / Batches, (batch + 1) * rows / Batches), weights).Select(static gradient => gradient.abs()).ToArray()).ToArray();
        return Enumerable.Range(0, weights.Count).Sum(layer => OfLayer(stack([.. sizes.Select(batch => batch[layer])])));

        Tensor LossOf(int start, int end) => context.Loss(network.call(context.Features.narrow(0, start, end - start)), start);
    }

    /// <param name="sizes"><c>[batches, ...]</c>.</param>
    private static double OfLayer(Tensor sizes)
    {
        var mean = sizes.mean([0], keepdim: true);
        var deviation = (sizes - mean).pow(Scalars.Held(2L)).mean([0]).sqrt();
        // A weight whose gradient never varies has, in practice, none.
        var varies = deviation.gt(Scalars.Zero);
        var sum = Sum((mean.squeeze(0) / deviation).masked_select(varies));
        return sum > 0 ? Math.Log(sum) : 0;
    }
}
