using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling;

/// <summary>Architectures near good ones: what predictors of rewards choose from.</summary>
internal static class Mutants
{
    /// <summary>The best architectures evaluated, best first.</summary>
    public static Genotype[] Parents(SearchHistory history, IReadOnlyList<Trial> evaluated, int count) =>
        [.. evaluated.OrderByDescending(history.Reward).Take(count).Select(static trial => trial.Architecture.Genotype)];

    /// <summary>Parents in turns with one or two decisions changed, each new and there once; drawn as they are asked for.</summary>
    /// <param name="history">What was tried.</param>
    /// <param name="parents">What is mutated.</param>
    /// <param name="draws">The number of mutations; fewer architectures come of it where some are not new.</param>
    /// <param name="random">Draws the changes.</param>
    public static IEnumerable<Genotype> Draw(SearchHistory history, Genotype[] parents, int draws, Random random)
    {
        var seen = new HashSet<Genotype>();
        for (var draw = 0; draw < draws; draw++)
        {
            var candidate = history.Space.Mutate(parents[draw % parents.Length], random);
            if (random.Next(2) == 0) candidate = history.Space.Mutate(candidate, random);
            if (seen.Add(candidate) && history.IsNew(candidate)) yield return candidate;
        }
    }
}
