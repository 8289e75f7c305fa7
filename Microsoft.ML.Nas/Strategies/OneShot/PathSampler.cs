using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.OneShot;

/// <summary>Draws the architectures that a supernet is trained on. Decisions about regularization stay at their first option.</summary>
internal abstract class PathSampler(SearchSpace space)
{
    protected SearchSpace Space => space;

    /// <summary>The largest architecture; null where the sampler does not know one.</summary>
    public virtual Genotype? Largest => null;

    /// <param name="space">The space.</param>
    /// <param name="sampling">How to draw.</param>
    /// <param name="size">Says how large an architecture is.</param>
    public static PathSampler Create(SearchSpace space, PathSampling sampling, Func<Genotype, long> size) => sampling switch
    {
        PathSampling.Uniform => new UniformPaths(space),
        PathSampling.StrictFair => new StrictFairPaths(space),
        PathSampling.ProgressiveShrinking => new ShrinkingPaths(space, size),
        _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, "Unknown way to draw paths."),
    };

    /// <summary>The architectures of one step.</summary>
    /// <param name="progress">How far the training is, 0 to 1.</param>
    /// <param name="random">Draws.</param>
    public abstract IReadOnlyList<Genotype> Next(double progress, System.Random random);

    /// <summary>An architecture with an option for each decision but those about regularization.</summary>
    protected Genotype Path(Func<int, int> option) =>
        space.Normalize([.. space.Decisions.Select((decision, index) => decision.Kind == DecisionKind.Regularization ? 0 : option(index))]);
}
