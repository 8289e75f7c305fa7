using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.OneShot;

/// <summary>See <see cref="PathSampling.Uniform"/>.</summary>
internal sealed class UniformPaths(SearchSpace space) : PathSampler(space)
{
    public override IReadOnlyList<Genotype> Next(double progress, System.Random random) => [Path(decision => random.Next(Space.Decisions[decision].Count))];
}
