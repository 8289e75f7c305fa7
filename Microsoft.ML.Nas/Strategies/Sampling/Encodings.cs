using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling;

/// <summary>Genotypes as models of their rewards see them.</summary>
internal static class Encodings
{
    /// <summary>A decision that does not matter.</summary>
    public const int Inactive = -1;

    /// <summary>The option of every decision; <see cref="Inactive"/> where the decision does not matter.</summary>
    public static int[] Options(SearchSpace space, Genotype genotype)
    {
        var options = genotype.Indices.ToArray();
        for (var decision = 0; decision < options.Length; decision++)
            if (space.Decisions[decision].Condition is not null && !space.IsActive(genotype, decision)) options[decision] = Inactive;
        return options;
    }

    /// <summary>
    /// Rewards as the normal quantiles of their ranks, in mean 0 and deviation 1: what is learned does not depend on a metric's unit, and a
    /// few terrible architectures do not drown the differences between good ones. Equal rewards get equal values.
    /// </summary>
    public static double[] Normal(IReadOnlyList<double> rewards)
    {
        var order = Enumerable.Range(0, rewards.Count).OrderBy(index => rewards[index]).ToArray();
        var values = new double[order.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && rewards[order[end]] == rewards[order[start]]) end++;
            var value = NormalDistribution.Quantile((start + end) / 2.0 / order.Length);
            for (var i = start; i < end; i++) values[order[i]] = value;
            start = end;
        }
        return values;
    }
}
