using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Strategies.Differentiable;

/// <summary>
/// The alphas, a value per option of every decision that shared weights can rank, and how they become a mixture: what the differentiable
/// strategies differ in.
/// </summary>
internal abstract class ArchitectureParameters : Module
{
    private readonly Genotype _others;
    private readonly Parameter?[] _alphas;

    /// <summary>Creates alphas of 0.</summary>
    /// <param name="space">The space.</param>
    /// <param name="others">Gives the option of the decisions that are not mixed.</param>
    /// <param name="mixesNone">Whether decisions that have it get an alpha for "none" too (<see cref="Decision.HasNone"/>).</param>
    /// <param name="mixesTopology">Whether the decisions which edges a cell keeps are mixed too.</param>
    protected ArchitectureParameters(SearchSpace space, Genotype others, bool mixesNone = true, bool mixesTopology = false) : base(nameof(ArchitectureParameters))
    {
        (Space, _others) = (space, others);
        _alphas = [.. space.Decisions.Select(decision => decision.Kind == DecisionKind.Structure || (mixesTopology && decision.Kind == DecisionKind.Topology) ? Parameter(zeros(mixesNone ? decision.MixedCount : decision.Count)) : null)];
        for (var decision = 0; decision < _alphas.Length; decision++)
            if (_alphas[decision] is { } alpha) register_parameter($"alpha{decision}", alpha);
    }

    protected SearchSpace Space { get; }

    /// <summary>How far the training of the supernet is, 0 in its first epochs to 1 in its last.</summary>
    protected double Progress { get; private set; }

    /// <summary>Draws everything that is drawn; seeded anew in every epoch.</summary>
    protected System.Random Random { get; private set; } = new(0);

    /// <summary>The decisions that are mixed.</summary>
    protected IEnumerable<int> Mixed => Enumerable.Range(0, _alphas.Length).Where(decision => _alphas[decision] is not null);

    /// <summary>Called before each epoch.</summary>
    public void BeginEpoch(double progress, System.Random random) => (Progress, Random) = (progress, random);

    /// <summary>The mixture of a step on the weights, which no gradients flow through; its tensors belong to the current dispose scope.</summary>
    public Mixture WeightMixture()
    {
        using var none = no_grad();
        return Mix(WeightEntry);
    }

    /// <summary>The mixture of a step on the alphas, which gradients flow through; its tensors belong to the current dispose scope.</summary>
    public Mixture ArchitectureMixture() => Mix(ArchitectureEntry);

    /// <summary>The mixture by the options' probabilities, without anything drawn.</summary>
    public Mixture ExpectedMixture() => Mix((_, alpha) => new(0, Expected(alpha)));

    /// <summary>What is added to the held-out loss in a step on the alphas, a scalar; null for nothing.</summary>
    public virtual Tensor? Penalty() => null;

    /// <summary>Called after each step on the alphas.</summary>
    public virtual void ArchitectureStepTaken()
    {
    }

    /// <summary>The probability of every option, and of "none" where it is mixed; null for the decisions that are not mixed.</summary>
    public float[]?[] Probabilities()
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, _alphas.Length).Select(decision => Alpha(decision) is { } alpha ? Normal(Expected(alpha)) : null)];

        static float[] Normal(Tensor weights) => (weights / weights.sum()).cpu().data<float>().ToArray();
    }

    /// <summary>The alphas of a decision, <c>[options]</c>; null where it is not mixed.</summary>
    protected Tensor? Alpha(int decision) => _alphas[decision] is null ? null : get_parameter($"alpha{decision}");

    /// <summary>What each option weighs on average, <c>[options]</c>, as a function of its alphas.</summary>
    protected abstract Tensor Expected(Tensor alpha);

    /// <summary>What a step on the alphas mixes. Default: <see cref="Expected"/>.</summary>
    protected virtual MixtureEntry ArchitectureEntry(int decision, Tensor alpha) => new(0, Expected(alpha));

    /// <summary>What a step on the weights mixes. Default: the same as a step on the alphas.</summary>
    protected virtual MixtureEntry WeightEntry(int decision, Tensor alpha) => ArchitectureEntry(decision, alpha);

    /// <summary>Values drawn one by one, <c>[count]</c>, where the alphas are.</summary>
    protected static Tensor Values(Tensor alpha, Func<double> draw) =>
        tensor([.. Enumerable.Range(0, (int)alpha.numel()).Select(_ => (float)draw())], device: alpha.device);

    private Mixture Mix(Func<int, Tensor, MixtureEntry> entry) =>
        Mixture.Of([.. Enumerable.Range(0, _alphas.Length).Select(decision => Alpha(decision) is { } alpha ? entry(decision, alpha) : new(_others[decision]))]);
}
