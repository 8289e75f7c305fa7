using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>SNIP (Lee 2019, as a proxy Abdelfattah 2021): Σ |θ ∂L/∂θ| over all weights, how much the loss depends on each being there.</summary>
public sealed class Snip : Proxy
{
    /// <inheritdoc/>
    public override string Name => "snip";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var network = context.CreateNetwork();
        var weights = Weights(network);
        return weights.Zip(Gradients(context.Loss(network), weights), static (weight, gradient) => Sum((weight * gradient).abs())).Sum();
    }
}
