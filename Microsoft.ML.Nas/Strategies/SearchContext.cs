using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>What a strategy works with: the space, the budget, the record, and a way to have an architecture evaluated and ranked.</summary>
/// <param name="history">The space, the seed and the record.</param>
/// <param name="budget">What the search may use.</param>
/// <param name="evaluator">What ranks architectures.</param>
internal sealed class SearchContext(SearchHistory history, SearchBudget budget, Evaluator evaluator)
{
    /// <summary>The origin of the space's start architectures.</summary>
    public const string StartOrigin = "start";

    /// <summary>What a study calls the number of supernet epochs that trials were chosen after.</summary>
    public const string SupernetEpochsFact = "supernet epochs";

    private int _started;
    private bool _leftStart;

    /// <summary>The data; null where a table of results is searched.</summary>
    public SearchProblem? Problem { get; init; }

    /// <summary>What supernets are trained in.</summary>
    public TrainingPrecision Precision { get; init; }

    public IStudy Study { get; init; } = new InMemoryStudy();

    /// <summary>Where sentences for people go, each with the trial that it is about.</summary>
    public Action<string, Trial?> Reporting { get; init; } = static (_, _) => { };

    /// <summary>What may stop trials early; null for nothing.</summary>
    public Scheduler? Scheduler { get; set; }

    /// <summary>Where strategies that learn probabilities record them.</summary>
    public ArchitectureTrace Trace => history.Trace;

    /// <summary>What a differentiable strategy saw of collapse; null where none ran.</summary>
    public CollapseReport? Collapse { get; set; }

    /// <summary>An architecture's loss on validation rows with shared weights, which trials record; null where there is no trained supernet.</summary>
    public Func<Genotype, CancellationToken, double>? SharedLoss { get; set; }

    /// <summary>What trials measure beside the metric.</summary>
    public IReadOnlyList<Objective> Objectives { get; init; } = [];

    public SearchHistory History => history;

    public SearchBudget Budget => budget;

    public Evaluator Evaluator => evaluator;

    public SearchSpace Space => history.Space;

    public SearchMetric Metric => history.Metric;

    public int Seed => history.Seed;

    /// <summary>The number of the next trial to begin.</summary>
    public int NextNumber => _started;

    /// <summary>Whether time is up and no trial can follow: one that was recorded took its time before.</summary>
    public bool IsOver => budget.IsTimeUp && !Study.HasEnded(_started);

    /// <summary>The split that supernets are trained on.</summary>
    /// <exception cref="NotSupportedException">The search has no data.</exception>
    public DataSplit Split => (Problem ?? throw new NotSupportedException(
        "This strategy trains networks, and a search of a table of results has no data; use one that only proposes architectures.")).Splits[0];

    public Device Device => Split.Train.Features.device;

    public IReadOnlyList<Trial> Trials => history.Trials;

    /// <summary>The best trial so far; null before one is complete.</summary>
    public Trial? Best => history.Best;

    public bool Allows(Genotype genotype) => history.Allows(genotype);

    public bool IsNew(Genotype genotype) => history.IsNew(genotype);

    public void Report(string message) => Reporting(message, null);

    /// <summary>Architectures in the order in which trials take them up; a study keeps it, since how many were ranked is a matter of time.</summary>
    /// <param name="rank">Ranks.</param>
    public IReadOnlyList<Genotype> Ranking(Func<IEnumerable<Genotype>> rank)
    {
        var kept = Study.Fact("ranking", () => JsonSerializer.Serialize(rank().Select(static genotype => genotype.Indices)));
        return [.. JsonSerializer.Deserialize<int[][]>(kept)!.Select(indices => Space.Normalize(indices))];
    }

    /// <summary>Evaluates an architecture in full. One that was before is not evaluated again.</summary>
    /// <returns>The trial; null where the budget is used up, or ran out on the way.</returns>
    public Trial? Evaluate(Genotype genotype, string origin)
    {
        budget.Cancellation.ThrowIfCancellationRequested();
        if (history.TrialOf(genotype) is { Fidelity: 1 } known) return known;
        return Start(new(genotype, origin), now: 0) is { } running ? Finish(running, []) : null;
    }

    /// <summary>Evaluates architectures in full.</summary>
    /// <returns>Whether the budget was enough.</returns>
    public bool EvaluateAll(IReadOnlyList<Genotype> genotypes, string origin)
    {
        var running = new List<RunningTrial>();
        foreach (var genotype in genotypes)
        {
            budget.Cancellation.ThrowIfCancellationRequested();
            if (Start(new(genotype, origin), now: 0) is { } trial) running.Add(trial);
        }
        foreach (var trial in running)
            if (Finish(trial, running) is null) return false;
        return running.Count == genotypes.Count;
    }

    /// <summary>Begins a trial.</summary>
    /// <param name="job">What to evaluate.</param>
    /// <param name="now">The time on the clock that <see cref="Evaluator.Duration"/> tells.</param>
    /// <param name="onThread">Whether to evaluate on another thread, at once; else it is evaluated when its result is asked for.</param>
    /// <returns>Null where the budget is used up.</returns>
    /// <exception cref="InvalidOperationException">The job asks for an impossible fidelity.</exception>
    public RunningTrial? Start(Job job, double now, bool onThread = false)
    {
        if (job.Fidelity is not (> 0 and <= 1))
            throw new InvalidOperationException($"The scheduler asked for the fidelity {job.Fidelity}; it must be above 0 and at most 1.");
        var key = new TrialJob(_started, job.Genotype, job.Fidelity, job.Continues, job.Origin);
        // A search must have one trial; and what was recorded took its time before, so that only the number of trials limits it.
        if (_started >= budget.MaxTrials || ((_started > 0 || !budget.NeedsTrial) && !budget.AllowsTrial && Study.Recorded(key) is null)) return null;
        var architecture = Space.Resolve(job.Genotype);
        var end = now + evaluator.Duration(architecture, job.Fidelity);
        if (end > budget.SimulatedSeconds) return null;
        if (!_leftStart && job.Origin != StartOrigin)
        {
            _leftStart = true;
            // Supernets are trained by now: a search that goes on with a larger budget has more trials, and the same supernet.
            Study.Fact(SupernetEpochsFact, () => budget.SupernetEpochs.ToString(CultureInfo.InvariantCulture));
        }
        _started++;
        var running = new RunningTrial(key, job, architecture, end)
        {
            EndedBefore = Scheduler?.StopsEarly == true ? [.. history.Trials] : [],
        };
        history.Begin(job);
        if (onThread) running.Result = Task.Run(() => WaitFor(running, []));
        return running;
    }

    /// <summary>Waits for a trial and takes it into the record.</summary>
    /// <param name="running">The trial.</param>
    /// <param name="others">Trials that have begun too: where another process runs the one that is waited for, this one gets on with them.</param>
    /// <returns>The trial; null where time ran out on the way.</returns>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public Trial? Finish(RunningTrial running, IEnumerable<RunningTrial> others)
    {
        Trial? trial = null;
        try
        {
            trial = running.Result is { } result ? result.WaitAsync(budget.Cancellation).GetAwaiter().GetResult() : WaitFor(running, others);
        }
        finally
        {
            history.End(running.Job, trial);
        }
        if (trial is null) return null;
        budget.CountTrial();
        evaluator.Ended(trial, history.Best);
        Reporting(trial.State == TrialState.Failed
            ? $"Trial {trial.Number} failed: {trial.FailureReason}"
            : $"Trial {trial.Number} ({trial.Origin}): {Metric} {trial.Metric:0.####}, {trial.Cost.Macs:N0} multiply-adds, {trial.Seconds:0.0} s, {trial.Architecture}", trial);
        return trial;
    }

    private Trial? WaitFor(RunningTrial running, IEnumerable<RunningTrial> others)
    {
        while (true)
        {
            budget.Cancellation.ThrowIfCancellationRequested();
            if (Study.Recorded(running.Key) is { } recorded) return recorded;
            if (Study.Claim(running.Key)) return Run(running);
            if (budget.IsTimeUp) return null;
            var other = others.FirstOrDefault(other => other != running && other.Result is null && Study.Recorded(other.Key) is null && Study.Claim(other.Key));
            if (other is not null) other.Result = Task.FromResult(Run(other));
            else Study.WaitForOthers(budget.Cancellation);
        }
    }

    private Trial? Run(RunningTrial running)
    {
        var clock = Stopwatch.StartNew();
        var (number, job, architecture) = (running.Key.Number, running.Job, running.Architecture);
        var (isFirst, remaining) = (number == 0 && budget.NeedsTrial, budget.Remaining);
        using var deadline = new Deadline(isFirst ? null : remaining, budget.Clock, budget.Cancellation);
        var context = new EvaluationContext(history, Problem, (point, curve) =>
        {
            Study.Reported(number, point.Epoch, point.Metric, point.Loss);
            return Scheduler is { StopsEarly: true } scheduler && scheduler.ShouldStop(history, running.EndedBefore, job, curve);
        })
        {
            Number = number,
            Seed = Seeds.Derive(Seed, "evaluation", number),
            Fidelity = job.Fidelity,
            IsFirst = isFirst,
            Cancellation = deadline.Token,
            Remaining = remaining,
        };
        var ended = false;
        try
        {
            if (Evaluate(architecture, context) is not { } result) return null;
            var failed = result.FailureReason is not null;
            var trial = new Trial(number, architecture, failed ? TrialState.Failed : context.WasPruned ? TrialState.Pruned : TrialState.Complete,
                failed ? double.NaN : result.Metric, failed ? double.NaN : result.Loss, result.Cost, result.Epochs, result.Seconds ?? clock.Elapsed.TotalSeconds, job.Origin, result.FailureReason)
            {
                Fidelity = job.Fidelity,
                Continues = job.Continues,
                Curve = context.Curve,
                SharedLoss = context.SharedLoss,
                Objectives = result.Objectives,
            };
            if (trial.State == TrialState.Complete && (history.Best is not { } best || TrialRanking.Compare(trial, best, history.Reward) < 0)) evaluator.Ending(trial);
            trial = Study.Ended(trial);
            ended = true;
            return trial;
        }
        finally
        {
            if (!ended) Study.Abandoned(number);
        }
    }

    private ImmutableSortedDictionary<string, double> Measure(Architecture architecture)
    {
        if (Objectives.Count == 0) return ImmutableSortedDictionary<string, double>.Empty;
        var context = new ObjectiveContext(architecture, () => evaluator.CostOf(architecture), Problem?.Input, Problem?.Target.Outputs ?? 0);
        return Objectives.ToImmutableSortedDictionary(static objective => objective.Name, objective => objective.Measure(context));
    }

    /// <returns>Null where time ran out.</returns>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    private EvaluationResult? Evaluate(Architecture architecture, EvaluationContext context)
    {
        try
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.SharedLoss = SharedLoss?.Invoke(architecture.Genotype, context.Cancellation);
            var objectives = Measure(architecture);
            if (Objectives.FirstOrDefault(objective => objectives[objective.Name] > objective.Limit) is { } over)
                return EvaluationResult.Failed($"The objective '{over.Name}' is {objectives[over.Name]:g6}, above its limit {over.Limit:g6}.", evaluator.CostOf(architecture)) with { Objectives = objectives };
            var result = evaluator.Evaluate(architecture, context);
            result = result with { Objectives = result.Objectives.AddRange(objectives) };
            return result.FailureReason is not null || double.IsFinite(result.Metric) ? result : result with { FailureReason = $"The evaluation's metric is {result.Metric}." };
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            budget.Cancellation.ThrowIfCancellationRequested();
            return null;
        }
#pragma warning disable CA1031 // An evaluation may fail in any way; it must take only its own trial with it.
        catch (Exception problem) when (problem is not StudyException)
#pragma warning restore CA1031
        {
            return EvaluationResult.Failed($"{problem.GetType().Name}: {problem.Message}");
        }
    }
}
