using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>AdamW (Loshchilov 2019) over one flat buffer: a handful of calls a step.</summary>
/// <param name="parameters">The values, changed in place, and their gradients.</param>
/// <param name="weightDecay">The decoupled weight decay per step, times the learning rate, of <see cref="FlatParameters.DecayedCount"/> values.</param>
/// <param name="beta1">The decay of the mean.</param>
/// <param name="beta2">The decay of the variance.</param>
internal sealed class FlatAdamW(FlatParameters parameters, double weightDecay, double beta1 = 0.9, double beta2 = 0.999) : IDisposable
{
    private const double Epsilon = 1e-8;
    private readonly Tensor _mean = zeros_like(parameters.Values).DetachFromDisposeScope();
    private readonly Tensor _variance = zeros_like(parameters.Values).DetachFromDisposeScope();
    private int _steps;

    /// <summary>Takes a step along the gradients; they stay as they are.</summary>
    public void Step(double learningRate)
    {
        _steps++;
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var (values, gradients) = (parameters.Values, parameters.Gradients);
        _mean.mul_(beta1).add_(gradients, alpha: 1 - beta1);
        _variance.mul_(beta2).addcmul_(gradients, gradients, 1 - beta2);
        if (weightDecay > 0) values.narrow(0, 0, parameters.DecayedCount).mul_(1 - learningRate * weightDecay);
        var correction = Math.Sqrt(1 - Math.Pow(beta2, _steps));
        values.addcdiv_(_mean, _variance.sqrt().add_(Epsilon * correction), -learningRate * correction / (1 - Math.Pow(beta1, _steps)));
    }

    public void Dispose()
    {
        _mean.Dispose();
        _variance.Dispose();
    }
}
