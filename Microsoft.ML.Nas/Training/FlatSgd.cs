using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Stochastic gradient descent with momentum over one flat buffer: a few calls a step. Weight decay is part of the gradient, as in PyTorch's SGD.</summary>
/// <param name="parameters">The values, changed in place, and their gradients.</param>
/// <param name="momentum">What is kept of the last step's direction.</param>
/// <param name="weightDecay">The share of a value that is added to its gradient, of <see cref="FlatParameters.DecayedCount"/> values.</param>
/// <param name="nesterov">Whether a step looks ahead along the new direction (Nesterov 1983; Sutskever 2013).</param>
internal sealed class FlatSgd(FlatParameters parameters, double momentum = 0.9, double weightDecay = 0, bool nesterov = false) : IFlatOptimizer
{
    private readonly Tensor _direction = zeros_like(parameters.Values).DetachFromDisposeScope();

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var (values, gradients) = (parameters.Values, parameters.Gradients);
        var decayed = values.narrow(0, 0, parameters.DecayedCount);
        _direction.mul_(Scalars.Held(momentum)).add_(gradients, Scalars.One);
        if (weightDecay > 0) _direction.narrow(0, 0, parameters.DecayedCount).add_(decayed, Scalars.Held(weightDecay));
        if (nesterov)
        {
            if (weightDecay > 0) decayed.mul_(Scalars.Held(1 - learningRate * weightDecay));
            values.add_(gradients, Scalars.Held(-learningRate));
        }
        values.add_(_direction, Scalars.Held(-learningRate * (nesterov ? momentum : 1)));
    }

    public void Dispose() => _direction.Dispose();
}
