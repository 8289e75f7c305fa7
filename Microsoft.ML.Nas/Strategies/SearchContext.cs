using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>What a strategy works with: the space, the data, the budget, and a way to have an architecture trained and ranked.</summary>
internal sealed class SearchContext(SearchSpace space, SearchProblem problem, SearchMetric metric, SearchBudget budget, TrialPlan plan, TrialEvaluator evaluator, Action<string, Trial?> report, int seed)
{
    private readonly Dictionary<Genotype, Trial> _trials = [];
    private readonly List<Trial> _inOrder = [];

    public SearchSpace Space => space;

    public SearchMetric Metric => metric;

    public SearchBudget Budget => budget;

    public int Seed => seed;

    /// <summary>The split that supernets are trained on.</summary>
    public DataSplit Split => problem.Splits[0];

    public Device Device => Split.Train.Features.device;

    public IReadOnlyList<Trial> Trials => _inOrder;

    /// <summary>Where strategies that learn probabilities record them.</summary>
    public ArchitectureTrace Trace { get; } = new();

    /// <summary>An architecture's loss on validation rows with shared weights, which trials record; null where there is no trained supernet.</summary>
    public Func<Genotype, double>? SharedLoss { get; set; }

    /// <summary>The best trial so far; null before one is complete.</summary>
    public Trial? Best => TrialRanking.Best(_inOrder, metric);

    /// <summary>Whether every architecture of the space was tried.</summary>
    public bool IsExhausted => _trials.Count >= space.Size;

    /// <summary>Whether an architecture is cheap enough to be tried.</summary>
    public bool Allows(Genotype genotype) => plan.MaxMacs == long.MaxValue || TrialPlan.MacsOf(space.Resolve(genotype), problem) <= plan.MaxMacs;

    /// <summary>Whether an architecture may be tried and was not yet.</summary>
    public bool IsNew(Genotype genotype) => !HasTried(genotype) && Allows(genotype);

    public bool HasTried(Genotype genotype) => _trials.ContainsKey(genotype);

    /// <summary>Trains an architecture on its own and ranks it. One that was tried before is not trained again.</summary>
    /// <returns>The trial; null where the budget is used up, or ran out on the way.</returns>
    public Trial? Evaluate(Genotype genotype, string origin)
    {
        budget.Cancellation.ThrowIfCancellationRequested();
        if (_trials.TryGetValue(genotype, out var known)) return known;
        if (!budget.AllowsTrial) return null;
        var sharedLoss = SharedLoss?.Invoke(genotype);
        var trial = evaluator.Evaluate(budget.Trials, space.Resolve(genotype), origin, isFirst: _inOrder.Count == 0);
        if (trial is null) return null;
        trial = trial with { SharedLoss = sharedLoss };
        budget.CountTrial();
        _trials.Add(genotype, trial);
        _inOrder.Add(trial);
        evaluator.KeepNetworkOf(Best);
        report(trial.State == TrialState.Failed
            ? $"Trial {trial.Number} failed: {trial.FailureReason}"
            : $"Trial {trial.Number} ({origin}): {metric} {trial.Metric:0.####}, {trial.Cost.Macs:N0} multiply-adds, {trial.Seconds:0.0} s, {trial.Architecture}", trial);
        return trial;
    }

    public void Report(string message) => report(message, null);
}
