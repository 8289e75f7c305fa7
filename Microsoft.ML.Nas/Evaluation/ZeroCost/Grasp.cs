using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// GraSP (Wang 2020, as a proxy Abdelfattah 2021): −Σ θ · (H g), with g the loss's gradient and H its Hessian by the weights: how well gradients keep flowing.
/// </summary>
public sealed class Grasp : Proxy
{
    /// <inheritdoc/>
    public override string Name => "grasp";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var network = context.CreateNetwork();
        var weights = Weights(network);
        var gradients = Gradients(context.Loss(network), weights, createGraph: true);
        var products = gradients.Select(static gradient => (gradient * gradient.detach()).sum()).ToArray();
        var curvature = Gradients(stack(products).sum(), weights);
        return -weights.Zip(curvature, static (weight, product) => Sum(weight * product)).Sum();
    }
}
