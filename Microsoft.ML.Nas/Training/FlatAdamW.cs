using Microsoft.ML.Nas.Operations;
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
        Mean.mul_(Scalars.Held(beta1)).add_(gradients, Scalars.Held(1 - beta1));
        Variance.mul_(Scalars.Held(beta2)).addcmul_(gradients, gradients, Scalars.Held(1 - beta2));
        if (weightDecay > 0) values.narrow(0, 0, parameters.DecayedCount).mul_(Scalars.Held(1 - learningRate * weightDecay));
        values.addcdiv_(Mean, Variance.sqrt().add_(Scalars.Held(Epsilon * correction), Scalars.One), Scalars.Held(-learningRate * correction / (1 - Math.Pow(beta1, Steps))));
    }

    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
    }
}
