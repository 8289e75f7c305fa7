using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Evolution;

/// <summary>
/// Regularized evolution (Real, Aggarwal, Huang and Le 2019): the best of a few members of the population has a child that differs in one
/// decision; the oldest member dies, however good it is.
/// </summary>
/// <remarks>
/// What differs from the paper: a child that was evaluated before is mutated on until it is new, unless
/// <see cref="EvolutionOptions.Repeats"/> says otherwise. The population is the last architectures that were evaluated, start architectures
/// included; failed ones never are parents.
/// </remarks>
internal sealed class EvolutionSampler(EvolutionOptions options) : Sampler
{
    private readonly EvolutionOptions _options = options.Validated();

    public override string Name => "Evolution";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var evaluated = history.Comparable(_options.PopulationSize);
        if (evaluated.Count < _options.PopulationSize) return DrawNew(history, random);
        var oldest = evaluated.Count - _options.PopulationSize;
        var parent = Draw();
        for (var sample = 1; sample < _options.SampleSize; sample++)
            if (Draw() is var other && history.Reward(other) > history.Reward(parent)) parent = other;
        if (_options.Repeats && history.Space.Mutate(parent.Architecture.Genotype, random) is var child && history.Allows(child)) return child;
        return MutateUntilNew(history, parent.Architecture.Genotype, random);

        Trial Draw() => evaluated[oldest + random.Next(_options.PopulationSize)];
    }
}
