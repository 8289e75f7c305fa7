using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Strategies.Scheduling;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>
/// Propose, evaluate, learn: a sampler, an evaluator and a scheduler, in any combination. NAS with reinforcement learning is
/// Reinforce × training; BOHB is TPE × Hyperband; single-path one-shot is evolution × shared weights.
/// </summary>
/// <remarks>
/// Immutable. Without an evaluator, every proposal is a trial: trained on its own, or read from the table that is searched. An evaluator
/// that is given ranks proposals cheaply first; what it ranks best is then tried, with what is left of the budget. Parallel workers' results are learned from in the order of the evaluator's own clock (<see cref="Evaluator.Duration"/>), not
/// in that of the machine's, so that the trials depend on the seed and the number of workers alone.
/// </remarks>
public sealed class SamplingStrategy : SearchStrategy
{
    private readonly Sampler _sampler;
    private readonly Evaluator? _evaluator;
    private readonly Scheduler _scheduler;

    /// <summary>Creates a strategy.</summary>
    /// <param name="sampler">Proposes architectures.</param>
    /// <param name="evaluator">Ranks proposals before any is tried. Default null: every proposal is tried.</param>
    /// <param name="scheduler">Decides how much of an evaluation each gets. Default null: all of it.</param>
    public SamplingStrategy(Sampler sampler, Evaluator? evaluator = null, Scheduler? scheduler = null)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        (_sampler, _evaluator, _scheduler) = (sampler, evaluator, scheduler ?? new InFull());
    }

    /// <inheritdoc/>
    public override string Name => string.Join(" × ", ((string[])[_sampler.Name, _scheduler.Name, _evaluator?.Name ?? ""]).Where(static name => name.Length > 0));

    /// <summary>The number of evaluations that run side by side. Default 1. On one machine they are threads, where the evaluator allows that.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Workers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>With an evaluator: how many proposals it ranks. Default 500.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Evaluations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 500;

    /// <summary>With an evaluator: the share of the search time, above 0 and below 1, after which it ranks no more. Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public double EvaluationTimeShare
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The share must lie between 0 and 1.");
    } = 0.5;

    /// <summary>The same strategy with another evaluator.</summary>
    public SamplingStrategy With(Evaluator evaluator) => Copy(evaluator, _scheduler, Workers);

    /// <summary>The same strategy with another scheduler.</summary>
    public SamplingStrategy With(Scheduler scheduler) => Copy(_evaluator, scheduler, Workers);

    /// <summary>The same strategy with another number of workers.</summary>
    public SamplingStrategy WithWorkers(int workers) => Copy(_evaluator, _scheduler, workers);

    internal override bool CanShare => true;

    internal override void Search(SearchContext context)
    {
        if (_evaluator is null)
        {
            Run(context);
            return;
        }
        _evaluator.Begin(context);
        if (context.IsOver) return;
        CandidateTrials.Run(context, context.Ranking(() => Rank(context)), new Random(Seeds.Derive(context.Seed, "candidates")));
    }

    /// <summary>The architectures that the evaluator was asked about, best first.</summary>
    private IEnumerable<Genotype> Rank(SearchContext context)
    {
        var history = new SearchHistory(context.Space, context.Metric, context.Seed, context.Allows, metric => _evaluator!.RewardOf(metric, context.Metric), context.History.Memory) { Trace = context.Trace, Problem = context.Problem };
        var budget = new SearchBudget(context.Budget.Remaining * EvaluationTimeShare, Evaluations, maxEpochs: null, context.Budget.Clock, context.Budget.Cancellation) { NeedsTrial = false };
        Run(new(history, budget, _evaluator!) { Problem = context.Problem, Reporting = context.Reporting });
        return history.Trials.Where(static trial => trial.State == TrialState.Complete)
            .Order(Comparer<Trial>.Create((left, right) => TrialRanking.Compare(left, right, history.Reward))).Select(static trial => trial.Architecture.Genotype).Distinct();
    }

    private void Run(SearchContext context)
    {
        context.Scheduler = _scheduler;
        context.History.IsOver = () => context.IsOver;
        var onThreads = Workers > 1 && context.Evaluator.IsConcurrent;
        var running = new PriorityQueue<RunningTrial, (double End, int Number)>();
        var (now, open) = (0.0, true);
        while (true)
        {
            context.Budget.Cancellation.ThrowIfCancellationRequested();
            while (open && running.Count < Workers && Next(context.History, context.NextNumber) is { } job)
            {
                if (context.Start(job, now, onThreads) is { } trial) running.Enqueue(trial, (trial.End, trial.Key.Number));
                else open = false;
            }
            if (!running.TryDequeue(out var next, out _)) return;
            now = next.End;
            open &= context.Finish(next, running.UnorderedItems.Select(static item => item.Element)) is not null;
        }
    }

    /// <summary>What the trial of a number is to evaluate.</summary>
    internal Job? Next(SearchHistory history, int number) => _scheduler.Next(history, _sampler, new Random(Seeds.Derive(history.Seed, _sampler.Name, number)));

    private SamplingStrategy Copy(Evaluator? evaluator, Scheduler scheduler, int workers) =>
        new(_sampler, evaluator, scheduler) { Workers = workers, Evaluations = Evaluations, EvaluationTimeShare = EvaluationTimeShare };
}
