using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Strategies.Supernets;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable;

/// <summary>The two gradients of a differentiable search: of the weights on training rows, of the alphas on held-out rows.</summary>
internal sealed class BilevelStep(Supernet supernet, ArchitectureParameters alphas, FlatParameters weights, FlatParameters architecture, Target target)
{
    /// <summary>The DARTS paper's ε is this over the gradient's norm (section 2.3).</summary>
    private const double FiniteDifference = 0.01;

    /// <summary>Whether to leave off, asked before every part of a batch: what was filled until then is of no use. Default: never.</summary>
    public Func<bool> LeavesOff { get; init; } = static () => false;

    /// <summary>What losses are multiplied by before they are differentiated; null for nothing.</summary>
    public LossScale? LossScale { get; init; }

    /// <summary>Fills the weights' gradient alone; the alphas' is left out of the work.</summary>
    public void WeightGradient((Tensor Features, Tensor Labels, Tensor? Weights) batch)
    {
        using var scope = NewDisposeScope();
        Fill([weights], batch, alphas.WeightMixture());
    }

    /// <summary>Fills the alphas' gradient alone (first order); the weights' is left out of the work.</summary>
    public void ArchitectureGradient((Tensor Features, Tensor Labels, Tensor? Weights) batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = weights.Freeze();
        Fill([architecture], batch, alphas.ArchitectureMixture(), alphas.Penalty());
    }

    /// <summary>Fills both gradients with those of the loss on one batch.</summary>
    public void JointGradients((Tensor Features, Tensor Labels, Tensor? Weights) batch)
    {
        using var scope = NewDisposeScope();
        Fill([weights, architecture], batch, alphas.ArchitectureMixture(), alphas.Penalty());
    }

    /// <summary>Fills the alphas' gradient with that of the loss of the mixture by probabilities, nothing drawn and nothing added.</summary>
    public void ExpectedGradient((Tensor Features, Tensor Labels, Tensor? Weights) batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = weights.Freeze();
        Fill([architecture], batch, alphas.ExpectedMixture());
    }

    /// <summary>
    /// Fills the alphas' gradient with that of the held-out loss after one plain gradient step of the weights on the training batch
    /// (DARTS, equations 6 to 8): ∇α L(w′, α) − ξ (∇α L(w⁺, α) − ∇α L(w⁻, α)) / 2ε. The weights end as they were.
    /// </summary>
    /// <param name="training">The batch that the weights step on.</param>
    /// <param name="heldOut">The batch that the alphas step on.</param>
    /// <param name="stepSize">ξ, the weights' learning rate.</param>
    public void SecondOrderArchitectureGradient((Tensor, Tensor, Tensor?) training, (Tensor, Tensor, Tensor?) heldOut, double stepSize)
    {
        using var scope = NewDisposeScope();
        using var original = Saved(weights.Values);
        WeightGradient(training);
        Add(weights.Gradients, -stepSize);
        JointGradients(heldOut);
        using var ahead = Saved(architecture.Gradients);
        using var direction = Saved(weights.Gradients);
        // What the difference moves weights by is less than a low precision can tell.
        using var full = Autocast.Use(TrainingPrecision.Float32);
        var epsilon = FiniteDifference / Math.Max(1e-12, direction.norm().item<float>());

        Reset(original);
        Add(direction, epsilon);
        ArchitectureGradient(training);
        using var plus = Saved(architecture.Gradients);

        Reset(original);
        Add(direction, -epsilon);
        ArchitectureGradient(training);

        using var none = no_grad();
        Reset(original);
        architecture.Gradients.sub_(plus).mul_(Scalars.Held(stepSize / (2 * epsilon))).add_(ahead, Scalars.One);
    }

    private void Fill(FlatParameters[] filled, (Tensor Features, Tensor Labels, Tensor? Weights) batch, Mixture mixture, Tensor? penalty = null)
    {
        foreach (var parameters in filled) parameters.Gradients.zero_();
        foreach (var part in BatchPart.Of(supernet.Input, batch))
        {
            if (LeavesOff()) return;
            using var scope = NewDisposeScope();
            var loss = part.Weigh(TaskOutputs.Of(target).Loss(supernet.call(part.Features, mixture), part.Labels, part.Weights));
            if (part.IsLast && penalty is not null) loss = Scalars.Sum(loss, penalty);
            // The mixture, and so the way back from it to the alphas, is one for all parts.
            (LossScale?.Scaled(loss) ?? loss).backward(retain_graph: !part.IsLast);
        }
        foreach (var parameters in filled) LossScale?.Unscale(parameters);
    }

    private static Tensor Saved(Tensor tensor)
    {
        using var none = no_grad();
        return tensor.clone();
    }

    private void Add(Tensor direction, double factor)
    {
        using var none = no_grad();
        weights.Values.add_(direction, Scalars.Held(factor));
    }

    private void Reset(Tensor original)
    {
        using var none = no_grad();
        weights.Values.copy_(original);
    }
}
