using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Nsga2;

/// <summary>
/// NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002): generations of children of crossed parents; what survives is ranked by fronts of
/// trials that none beats in every objective, and within a front by how far it is from others.
/// </summary>
/// <remarks>
/// What differs from the paper: children are not evaluated twice; parallel workers begin a generation before the last one has ended.
/// Without further objectives it is an elitist genetic algorithm.
/// </remarks>
internal sealed class Nsga2Sampler(Nsga2Options options) : Sampler
{
    private readonly Nsga2Options _options = options.Validated();

    public override string Name => "NSGA-II";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var generations = history.Memo(this, () => new Generations(_options.PopulationSize));
        generations.Follow(history);
        if (generations.Survivors.Count == 0) return DrawNew(history, random);
        return DrawNew(history, random, Child);

        Genotype Child()
        {
            var child = Tournament();
            if (random.NextDouble() < _options.CrossoverShare)
            {
                var other = Tournament();
                var (one, decisions) = (child, Enumerable.Range(0, child.Indices.Length));
                child = history.Space.Normalize([.. decisions.Select(decision => random.Next(2) == 0 ? one[decision] : other[decision])]);
            }
            for (var mutation = 0; mutation < _options.Mutations; mutation++) child = history.Space.Mutate(child, random);
            return child;
        }

        // Survivors are ordered, best first.
        Genotype Tournament() => generations.Survivors[Math.Min(random.Next(generations.Survivors.Count), random.Next(generations.Survivors.Count))].Architecture.Genotype;
    }

    /// <summary>The survivors of the last whole generation; they follow from the trials in their order.</summary>
    private sealed class Generations(int size)
    {
        private readonly List<Trial> _children = [];
        private int _followed;

        public IReadOnlyList<Trial> Survivors { get; private set; } = [];

        public void Follow(SearchHistory history)
        {
            for (; _followed < history.Trials.Count; _followed++)
            {
                if (history.Trials[_followed] is not { State: TrialState.Complete } trial) continue;
                _children.Add(trial);
                if (_children.Count < size) continue;
                var fidelity = Survivors.Concat(_children).Max(static one => one.Fidelity);
                Survivors = [.. ParetoRanking.Order([.. Survivors.Concat(_children).Where(one => one.Fidelity == fidelity)], trial => Losses(history, trial)).Take(size)];
                _children.Clear();
            }
        }

        private static double[] Losses(SearchHistory history, Trial trial) => [-history.Reward(trial), .. trial.Objectives.Values];
    }
}
