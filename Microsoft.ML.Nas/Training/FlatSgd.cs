using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Stochastic gradient descent with momentum over one flat buffer: two or three calls a step. Weight decay is part of the gradient, as in PyTorch's SGD.</summary>
/// <param name="parameters">The values, changed in place, and their gradients.</param>
/// <param name="momentum">What is kept of the last step's direction.</param>
/// <param name="weightDecay">The share of a value that is added to its gradient, of <see cref="FlatParameters.DecayedCount"/> values.</param>
internal sealed class FlatSgd(FlatParameters parameters, double momentum = 0.9, double weightDecay = 0) : IDisposable
{
    private readonly Tensor _direction = zeros_like(parameters.Values).DetachFromDisposeScope();

    /// <summary>Takes a step along the gradients; they stay as they are.</summary>
    public void Step(double learningRate)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        _direction.mul_(momentum).add_(parameters.Gradients);
        if (weightDecay > 0) _direction.narrow(0, 0, parameters.DecayedCount).add_(parameters.Values.narrow(0, 0, parameters.DecayedCount), alpha: weightDecay);
        parameters.Values.add_(_direction, alpha: -learningRate);
    }

    public void Dispose() => _direction.Dispose();
}
