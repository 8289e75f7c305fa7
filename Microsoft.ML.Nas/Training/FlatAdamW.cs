using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>AdamW (Loshchilov 2019) over one flat buffer: a handful of calls a step.</summary>
/// <param name="parameters">The values, changed in place, and their gradients.</param>
/// <param name="weightDecay">The decoupled weight decay per step, times the learning rate, of <see cref="FlatParameters.DecayedCount"/> values.</param>
/// <param name="beta1">The decay of the mean.</param>
/// <param name="beta2">The decay of the variance.</param>
internal sealed class FlatAdamW(FlatParameters parameters, double weightDecay, double beta1 = 0.9, double beta2 = 0.999) : IFlatOptimizer
{
    private const double Epsilon = 1e-8;

    /// <summary>The moving mean of the gradients, <c>[count]</c>.</summary>
    public Tensor Mean { get; } = zeros_like(parameters.Values).DetachFromDisposeScope();

    /// <summary>The moving mean of the squared gradients, <c>[count]</c>.</summary>
    public Tensor Variance { get; } = zeros_like(parameters.Values).DetachFromDisposeScope();

    /// <summary>The number of steps taken.</summary>
    public int Steps { get; set; }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        Steps++;
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var (values, gradients) = (parameters.Values, parameters.Gradients);
        var correction = Math.Sqrt(1 - Math.Pow(beta2, Steps));
        // TorchSharp's calls do not keep a Scalar alive while native code reads it: these live until the step is done.
        using Scalar keptMean = beta1, newMean = 1 - beta1, keptVariance = beta2, newVariance = 1 - beta2;
        using Scalar decay = 1 - learningRate * weightDecay, floor = Epsilon * correction, rate = -learningRate * correction / (1 - Math.Pow(beta1, Steps));
        Mean.mul_(keptMean).add_(gradients, newMean);
        Variance.mul_(keptVariance).addcmul_(gradients, gradients, newVariance);
        if (weightDecay > 0) values.narrow(0, 0, parameters.DecayedCount).mul_(decay);
        values.addcdiv_(Mean, Variance.sqrt().add_(floor), rate);
    }

    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
    }
}
