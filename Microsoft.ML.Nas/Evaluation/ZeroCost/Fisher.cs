using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// Fisher information of channels (Theis 2018, Turner 2020, as a proxy Abdelfattah 2021): for every channel of every layer with weights,
/// half the mean over rows of (Σ activation · gradient of the loss)², the sum taken over positions; all added up.
/// </summary>
public sealed class Fisher : Proxy
{
    /// <inheritdoc/>
    public override string Name => "fisher";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var network = context.CreateNetwork();
        var layers = new List<Tensor>();
        Tensor loss;
        using (new ForwardProbe { Weighted = (output, _) => layers.Add(output) }) loss = context.Loss(network);
        var differentiable = layers.Where(static layer => layer.requires_grad).ToArray();
        return differentiable.Zip(Gradients(loss, differentiable), OfLayer).Sum();
    }

    private static double OfLayer(Tensor activation, Tensor gradient)
    {
        var product = (activation * gradient).detach();
        // The loss is a mean over rows; channels are the second dimension of images, else the last.
        var channels = product.dim() == 4 ? product.sum([2, 3]) : product.dim() == 3 ? product.sum(1) : product;
        return Sum(channels.mul(channels).mean([0])) / 2;
    }
}
