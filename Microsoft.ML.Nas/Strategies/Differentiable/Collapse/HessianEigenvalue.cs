using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Collapse;

/// <summary>
/// Follows the largest eigenvalue of the Hessian of a loss by the alphas: power iteration, with Hessian-vector products from differences of
/// gradients, (∇L(α + εv) − ∇L(α − εv)) / 2ε.
/// </summary>
internal sealed class HessianEigenvalue : IDisposable
{
    private const double Epsilon = 0.01;
    private readonly FlatParameters _alphas;

    /// <param name="alphas">The alphas, and where their gradient appears.</param>
    /// <param name="random">Draws the first direction.</param>
    public HessianEigenvalue(FlatParameters alphas, System.Random random)
    {
        _alphas = alphas;
        using var scope = NewDisposeScope();
        var start = tensor([.. Enumerable.Range(0, (int)alphas.Values.numel()).Select(_ => (float)(random.NextDouble() - 0.5))], device: alphas.Values.device);
        Direction = (start / start.norm()).DetachFromDisposeScope();
    }

    /// <summary>The estimate of the eigenvector, of length 1, <c>[alphas]</c>.</summary>
    public Tensor Direction { get; }

    /// <summary>Takes some iterations from where the last ones ended.</summary>
    /// <param name="fillGradient">Fills the alphas' gradient at their present values.</param>
    /// <param name="iterations">The number of iterations, at least 1.</param>
    /// <returns>The eigenvalue, with its sign: the Rayleigh quotient of the last direction that was multiplied.</returns>
    public double Estimate(Action fillGradient, int iterations)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var original = _alphas.Values.clone();
        var eigenvalue = 0d;
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var ahead = GradientAt(original, Epsilon, fillGradient);
            var behind = GradientAt(original, -Epsilon, fillGradient);
            var product = (ahead - behind).div_(Scalars.Held(2 * Epsilon));
            eigenvalue = product.dot(Direction).item<float>();
            var length = product.norm().item<float>();
            if (length == 0 || !float.IsFinite(length)) break;
            Direction.copy_(product / Scalars.Held(length));
        }
        _alphas.Values.copy_(original);
        return eigenvalue;
    }

    public void Dispose() => Direction.Dispose();

    private Tensor GradientAt(Tensor original, double step, Action fillGradient)
    {
        _alphas.Values.copy_(original).add_(Direction, Scalars.Held(step));
        using (enable_grad()) fillGradient();
        return _alphas.Gradients.clone();
    }
}
