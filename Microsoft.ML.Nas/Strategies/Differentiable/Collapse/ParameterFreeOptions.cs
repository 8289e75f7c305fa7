using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Supernets;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Collapse;

/// <summary>Counts the options without parameters that an architecture takes.</summary>
/// <param name="space">The space.</param>
/// <param name="parameters">The number of parameters of an architecture.</param>
internal sealed class ParameterFreeOptions(SearchSpace space, Func<Genotype, long> parameters)
{
    private readonly Dictionary<Genotype, long> _known = [];
    private readonly IReadOnlySet<int> _choices = DecisionRoles.Of(space).Choices;

    /// <summary>
    /// Of the choices of blocks that matter in the architecture and whose options differ in parameters, the share that takes an option with the
    /// fewest. Settings and depths do not count: their options are sizes of one thing.
    /// </summary>
    public double Share(Genotype genotype)
    {
        var (free, all) = (0, 0);
        foreach (var decision in _choices)
        {
            if (!space.IsActive(genotype, decision)) continue;
            var counts = Enumerable.Range(0, space.Decisions[decision].Count).Select(option => ParametersOf(With(genotype, decision, option))).ToArray();
            var fewest = counts.Min();
            if (fewest == counts.Max()) continue;
            all++;
            if (counts[genotype[decision]] == fewest) free++;
        }
        return all == 0 ? 0 : (double)free / all;
    }

    private Genotype With(Genotype genotype, int decision, int option)
    {
        var indices = genotype.Indices.ToArray();
        indices[decision] = option;
        return space.Normalize(indices);
    }

    private long ParametersOf(Genotype genotype) =>
        _known.TryGetValue(genotype, out var count) ? count : _known[genotype] = parameters(genotype);
}
