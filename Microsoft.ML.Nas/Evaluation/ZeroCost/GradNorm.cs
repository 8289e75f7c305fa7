using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>The Euclidean norms of the loss's gradients, a norm a layer, added up (Abdelfattah 2021).</summary>
public sealed class GradNorm : Proxy
{
    /// <inheritdoc/>
    public override string Name => "grad-norm";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var network = context.CreateNetwork();
        return Gradients(context.Loss(network), Weights(network)).Sum(static gradient => Math.Sqrt(Sum(gradient.mul(gradient))));
    }
}
