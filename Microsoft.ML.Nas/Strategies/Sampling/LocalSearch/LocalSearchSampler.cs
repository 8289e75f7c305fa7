using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.LocalSearch;

/// <summary>
/// Local search (White, Nolen and Savani 2020): from a random architecture to the first better one among those that differ in one decision,
/// until none is better; then from another random architecture.
/// </summary>
/// <remarks>What differs from the paper: it moves to the first better neighbour instead of the best of all, and never evaluates one twice.</remarks>
internal sealed class LocalSearchSampler : Sampler
{
    public override string Name => "Local search";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var walk = history.Memo(this, () => new Walk());
        walk.Follow(history);
        if (walk.Current is null) return DrawNew(history, random);
        Genotype[] neighbours = [.. history.Space.Neighbours(walk.Current.Architecture.Genotype).Where(history.IsNew)];
        // Where all neighbours are being evaluated, other workers start elsewhere.
        return neighbours.Length > 0 ? neighbours[random.Next(neighbours.Length)] : DrawNew(history, random);
    }

    /// <summary>Where the search stands; follows from the trials in their order.</summary>
    private sealed class Walk
    {
        private readonly HashSet<Genotype> _tried = [];
        private int _followed;

        public Trial? Current { get; private set; }

        public void Follow(SearchHistory history)
        {
            for (; _followed < history.Trials.Count; _followed++)
            {
                var trial = history.Trials[_followed];
                _tried.Add(trial.Architecture.Genotype);
                if (trial.State == TrialState.Complete && IsBetter(trial, Current, history)) Current = trial;
                if (Current is not null && history.Space.Neighbours(Current.Architecture.Genotype).All(neighbour => _tried.Contains(neighbour) || !history.Allows(neighbour)))
                    Current = null;
            }
        }

        private static bool IsBetter(Trial trial, Trial? than, SearchHistory history) => than is null
            || trial.Fidelity > than.Fidelity || (trial.Fidelity == than.Fidelity && history.Reward(trial) > history.Reward(than));
    }
}
