using System.Runtime.InteropServices;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>What a search knows: its space, what was evaluated, and what is being evaluated.</summary>
public sealed class SearchHistory
{
    private readonly Func<Genotype, bool>? _allows;
    private readonly Func<double, double> _reward;
    private readonly List<Trial> _trials = [];
    private readonly Dictionary<Genotype, Trial> _byGenotype = [];
    private readonly List<Job> _pending = [];
    private readonly List<Trial> _failed = [];
    private readonly SortedDictionary<double, List<Trial>> _complete = new(Comparer<double>.Create(static (left, right) => right.CompareTo(left)));
    private readonly SearchMemory _memory;

    /// <param name="space">The space.</param>
    /// <param name="metric">The search's metric.</param>
    /// <param name="seed">The search's seed.</param>
    /// <param name="allows">Whether an architecture keeps the search's limits; null where there are none.</param>
    /// <param name="reward">Turns metrics so that higher is better; null for what the metric says.</param>
    /// <param name="memory">Where state that follows from this history is kept; null for a memory of its own.</param>
    internal SearchHistory(SearchSpace space, SearchMetric metric, int seed, Func<Genotype, bool>? allows = null, Func<double, double>? reward = null, SearchMemory? memory = null) =>
        (Space, Metric, Seed, _allows, _reward, _memory) = (space, metric, seed, allows, reward ?? (value => metric.AsReward(value)), memory ?? new());

    /// <summary>The space that is searched.</summary>
    public SearchSpace Space { get; }

    /// <summary>The metric that the search ranks by.</summary>
    public SearchMetric Metric { get; }

    /// <summary>The search's seed.</summary>
    public int Seed { get; }

    /// <summary>The data; null where a table of results is searched.</summary>
    internal SearchProblem? Problem { get; init; }

    /// <summary>Whether nothing can follow any more; asked between a sampler's long steps. Default: never.</summary>
    internal Func<bool> IsOver { get; set; } = static () => false;

    /// <summary>The evaluations that ended, in the order in which they did, failed ones and lower fidelities included.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>What is being evaluated now, by parallel workers.</summary>
    public IReadOnlyList<Job> Pending => _pending;

    /// <summary>The trials that failed, in the order in which they ended.</summary>
    public IReadOnlyList<Trial> Failed => _failed;

    /// <summary>The best complete trial of the highest fidelity reached; of equal ones the cheaper, then the earlier; null before one is complete.</summary>
    public Trial? Best { get; private set; }

    /// <summary>Whether every architecture of the space was tried or is being evaluated.</summary>
    public bool IsExhausted => _byGenotype.Count + _pending.Count >= Space.Size && _byGenotype.Count + _pending.Select(static job => job.Genotype).Distinct().Count(genotype => !_byGenotype.ContainsKey(genotype)) >= Space.Size;

    /// <summary>The complete trials that can be compared: those of the highest fidelity that has enough of them; of the fidelity with the most where none has.</summary>
    /// <param name="enough">How many are needed.</param>
    public IReadOnlyList<Trial> Comparable(int enough = 1)
    {
        IReadOnlyList<Trial> most = [];
        foreach (var trials in _complete.Values)
        {
            if (trials.Count >= enough) return trials;
            if (trials.Count > most.Count) most = trials;
        }
        return most;
    }

    /// <summary>A trial's result turned so that higher is better; NaN where it failed.</summary>
    public double Reward(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Reward(trial.Metric);
    }

    /// <summary>A metric turned so that higher is better.</summary>
    public double Reward(double metric) => _reward(metric);

    /// <summary>Whether an architecture may be tried: it keeps the search's limits.</summary>
    public bool Allows(Genotype genotype) => Space.Allows(genotype) && (_allows?.Invoke(genotype) ?? true);

    /// <summary>Whether an architecture was tried or is being evaluated, at any fidelity.</summary>
    public bool HasTried(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return _byGenotype.ContainsKey(genotype) || _pending.Exists(job => job.Genotype.Equals(genotype));
    }

    /// <summary>Whether an architecture may be tried and was not yet.</summary>
    public bool IsNew(Genotype genotype) => !HasTried(genotype) && Allows(genotype);

    /// <summary>The architecture's trial of the highest fidelity, the first of several; null where it has none.</summary>
    public Trial? TrialOf(Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(genotype);
        return _byGenotype.GetValueOrDefault(genotype);
    }

    /// <summary>
    /// State that lives as long as the search; disposed at its end where it can be. It must follow from <see cref="Seed"/> and
    /// <see cref="Trials"/>, since a resumed search works it out anew.
    /// </summary>
    /// <param name="key">Whose state it is; usually the sampler itself.</param>
    /// <param name="create">Creates it when it is asked for first.</param>
    public T Memo<T>(object key, Func<T> create) where T : class => _memory.Get(key, create);

    /// <summary>Where strategies that learn probabilities record them.</summary>
    internal ArchitectureTrace Trace { get; init; } = new();

    internal SearchMemory Memory => _memory;

    internal void Begin(Job job) => _pending.Add(job);

    /// <summary>An evaluation ended.</summary>
    /// <param name="job">What was evaluated.</param>
    /// <param name="trial">Null where it was given up.</param>
    internal void End(Job job, Trial? trial)
    {
        _pending.Remove(job);
        if (trial is null) return;
        _trials.Add(trial);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_byGenotype, job.Genotype, out _);
        if (known is null || known.Fidelity < trial.Fidelity) known = trial;
        if (trial.State == TrialState.Failed) _failed.Add(trial);
        if (trial.State != TrialState.Complete) return;
        if (!_complete.TryGetValue(trial.Fidelity, out var comparable)) _complete[trial.Fidelity] = comparable = [];
        comparable.Add(trial);
        if (Best is null || TrialRanking.Compare(trial, Best, _reward) < 0) Best = trial;
    }
}
