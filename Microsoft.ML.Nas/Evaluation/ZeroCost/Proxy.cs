using Microsoft.ML.Nas.Networks;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// Says how promising an architecture is without training it. Derive from it to rank by something of your own: one method is enough.
/// </summary>
public abstract class Proxy
{
    /// <summary>The proxy's name in results and reports.</summary>
    public abstract string Name { get; }

    /// <summary>The score; higher is better, in any unit. NaN or infinity means that the architecture has none.</summary>
    /// <param name="context">The architecture, a way to make its network, and rows of the training data.</param>
    public abstract double Score(ProxyContext context);

    /// <summary>The weight matrices and kernels of a network: what is left out is biases, norms and tables.</summary>
    protected static IReadOnlyList<Tensor> Weights(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.named_parameters().Where(static pair => pair.parameter.dim() > 1 && pair.name.EndsWith("weight", StringComparison.Ordinal)).Select(static pair => pair.parameter)];
    }

    /// <summary>The gradients of a scalar by tensors; zeros where it does not depend on one.</summary>
    protected static IReadOnlyList<Tensor> Gradients(Tensor scalar, IReadOnlyList<Tensor> by, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        ArgumentNullException.ThrowIfNull(by);
        var gradients = autograd.grad([scalar], [.. by], retain_graph: createGraph, create_graph: createGraph, allow_unused: true);
        return [.. gradients.Select((gradient, index) => gradient is null || gradient.IsInvalid ? zeros_like(by[index]) : gradient)];
    }

    /// <summary>The sum of all values, in double precision.</summary>
    protected static double Sum(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return values.to_type(ScalarType.Float64).sum().item<double>();
    }
}
