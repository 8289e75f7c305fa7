using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Sampling.Exhaustive;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>Proposes which architecture to evaluate next. Derive from it to search in a way of your own.</summary>
/// <remarks>
/// A sampler is immutable and holds options only. What it proposes must depend on the arguments alone: that is what makes a search
/// repeatable, and resumable by replaying its trials. What is costly to work out from the history (fitted models, a controller's weights)
/// is kept in <see cref="SearchHistory.Memo"/>, in such a way that it could be worked out again.
/// </remarks>
public abstract class Sampler
{
    private const int MaxDraws = 100;

    /// <summary>Spaces up to this size are searched through for what is left.</summary>
    private const int SmallSpace = 100_000;

    /// <summary>The sampler's name in results and reports.</summary>
    public abstract string Name { get; }

    /// <summary>Proposes an architecture.</summary>
    /// <param name="history">The space, what was evaluated, and what is being evaluated now.</param>
    /// <param name="random">Seeded by the search's seed and the number of the trial to come.</param>
    /// <returns>The proposal; null where there is nothing left to propose.</returns>
    public abstract Genotype? Propose(SearchHistory history, Random random);

    /// <summary>
    /// Draws until an architecture is new (see <see cref="SearchHistory.IsNew"/>), up to a hundred times; then any new one, drawn uniformly:
    /// from a list of all that are left where the space is small.
    /// </summary>
    /// <returns>Null where no architecture is left, or none can be found.</returns>
    protected static Genotype? DrawNew(SearchHistory history, Random random, Func<Genotype> draw)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(draw);
        if (history.IsExhausted) return null;
        var space = history.Space;
        for (var attempt = 0; attempt < MaxDraws; attempt++)
            if (draw() is var genotype && history.IsNew(genotype)) return genotype;
        for (var attempt = 0; attempt < MaxDraws; attempt++)
            if (space.Sample(random) is var genotype && history.IsNew(genotype)) return genotype;
        if (space.Size > SmallSpace) return null;
        Genotype[] left = [.. AllGenotypes.Of(space).Where(history.IsNew)];
        return left.Length > 0 ? left[random.Next(left.Length)] : null;
    }

    /// <summary>Draws an architecture uniformly, decision by decision, that is new.</summary>
    /// <returns>Null where no architecture is left, or none can be found.</returns>
    protected static Genotype? DrawNew(SearchHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(history);
        return DrawNew(history, random, () => history.Space.Sample(random));
    }

    /// <summary>A new architecture near another: it is mutated until it is new.</summary>
    /// <returns>Null where no architecture is left, or none can be found.</returns>
    protected static Genotype? MutateUntilNew(SearchHistory history, Genotype parent, Random random)
    {
        ArgumentNullException.ThrowIfNull(history);
        var child = parent;
        return DrawNew(history, random, () => child = history.Space.Mutate(child, random));
    }
}
