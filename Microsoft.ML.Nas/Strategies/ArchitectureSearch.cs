using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>One whole search: start architectures, strategy, final training.</summary>
internal sealed class ArchitectureSearch
{
    private readonly SearchProblem _problem;
    private readonly SearchOptions _options;
    private readonly int _seed;
    private readonly Action<SearchProgress> _report;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SearchSpace _space;
    private readonly SearchStrategy _strategy;
    private readonly SearchMetric _metric;
    private readonly SearchBudget _budget;
    private readonly TrainingRecipe _recipe;
    private ValidationAnswers? _validation;
    private RobustnessReport? _robustness;

    private ArchitectureSearch(SearchProblem problem, SearchOptions options, int seed, Action<SearchProgress> report)
    {
        (_problem, _options, _seed, _report) = (problem, options, seed, report);
        _space = (options.Space ?? DefaultSpace(problem.Input)).WithInput(problem.Input);
        _strategy = options.Strategy ?? SearchStrategies.Darts();
        _metric = options.Metric ?? MetricExtensions.DefaultFor(problem.Target.Task);
        _budget = new SearchBudget(SearchTime(options), options.MaxTrials, options.MaxEpochs, options.CancellationToken);
        _recipe = DefaultRecipes.For(problem.Splits[0]);
    }

    private IStudy Study { get; init; } = new InMemoryStudy();

    /// <summary>Searches and trains what was found. The problem's splits must outlive the result.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before any architecture was ranked.</exception>
    /// <exception cref="InvalidOperationException">No architecture could be trained.</exception>
    public static SearchResult Run(SearchProblem problem, SearchOptions options, int seed, Action<SearchProgress> report, IStudy? study = null) =>
        new ArchitectureSearch(problem, options, seed, report) { Study = study ?? new InMemoryStudy() }.Run();

    private static SearchSpace DefaultSpace(Spaces.Shape input) =>
        input is ImageShape ? SearchSpaces.NasBench201(channels: 8, cellsPerStage: 1, input) : SearchSpaces.Tabular();

    private static TimeSpan? SearchTime(SearchOptions options) => options switch
    {
        { MaxSearchTimeInSeconds: { } seconds } => TimeSpan.FromSeconds(seconds),
        { MaxTrials: null, MaxEpochs: null } => TimeSpan.FromSeconds(SearchOptions.DefaultSearchTimeInSeconds),
        _ => null,
    };

    private SearchResult Run()
    {
        var plan = TrialPlan.Create(_options, _space, _problem, _budget, _recipe);
        using var evaluator = new TrainFromScratch(_problem, _recipe.WithEpochs(plan.Epochs), _seed);
        using var memory = new SearchMemory();
        var history = new SearchHistory(_space, _metric, _seed, genotype => plan.Allows(genotype, _space, _problem), memory: memory);
        SearchContext? context = null;
        context = new SearchContext(history, _budget, evaluator) { Problem = _problem, Study = Study, Reporting = (message, trial) => ReportSearching(context!, message, trial) };
        if (!context.Allows(_space.Default))
            throw new ArgumentOutOfRangeException(nameof(SearchOptions.MaxMacs), plan.MaxMacs,
                $"The space's default architecture costs {TrialPlan.MacsOf(_space.Resolve(_space.Default), _problem):N0} multiply-adds a row, more than SearchOptions.MaxMacs allows; allow more, or make a space whose default costs less.");
        var cancelled = !Search(context);
        memory.Dispose();
        var searchSeconds = _clock.Elapsed.TotalSeconds;
        if (context.Best is null)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException(
                $"None of the {context.Trials.Count} architectures tried could be trained; the last one: {(context.Trials.Count > 0 ? context.Trials[^1].FailureReason : "there was no time for a trial; give the search more")}");
        }
        var chosen = TrialSelection.Choose(context.Trials, _metric, _options.EnsembleSize);
        var networks = TrainFinally(context, evaluator, chosen);
        return Result(context, networks, plan, searchSeconds, cancelled || _options.CancellationToken.IsCancellationRequested);
    }

    /// <returns>Whether the search ran to its end.</returns>
    private bool Search(SearchContext context)
    {
        try
        {
            if (context.EvaluateAll([.. _space.Starts.Where(context.Allows)], SearchContext.StartOrigin)) _strategy.Search(context);
            return true;
        }
        catch (OperationCanceledException) when (_options.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private List<TrainedNetwork> TrainFinally(SearchContext context, TrainFromScratch evaluator, IReadOnlyList<Trial> chosen)
    {
        var recipe = _options.MaxTrainingEpochs is { } epochs ? _recipe.WithEpochs(epochs) : _recipe;
        var limit = _options.MaxTrainingTimeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _budget.Time;
        var (position, trainings) = (0, chosen.Count * (_problem.AllRows is null ? 1 : 2));
        var training = new FinalTraining(recipe, limit, _seed, (epoch, planned) =>
            ReportTraining(context, (position + (double)epoch / planned) / trainings, $"Final training {position + 1} of {trainings}: epoch {epoch} of {planned}"));
        var networks = new List<TrainedNetwork>();
        for (; position < chosen.Count; position++)
        {
            var trained = evaluator.Take(chosen[position]);
            try
            {
                networks.Add(Better(training.Run(chosen[position].Architecture, _problem.Splits[0], position, _options.CancellationToken), trained));
            }
            catch (Exception problem) when (problem is DivergedException || Cancelled(problem))
            {
                // What the search itself trained stands in for a training that did not end; at least the best trial's network is there.
                if ((trained ?? (networks.Count == 0 ? evaluator.Take(context.Best!) : null)) is { } standIn) networks.Add(standIn);
                else if (networks.Count == 0) throw;
            }
        }
        _validation = Validation(networks);
        _robustness = MeasureRobustness(context, recipe, limit, networks);
        return _problem.AllRows is null ? networks : Refit(training, networks, _problem.AllRows, refitted => position = chosen.Count + refitted);
    }

    private RobustnessReport? MeasureRobustness(SearchContext context, TrainingRecipe recipe, TimeSpan? limit, List<TrainedNetwork> networks)
    {
        if (_problem.Robustness is not { } probe) return null;
        var (done, all) = (0, probe.Trainings * networks.Count);
        var training = new FinalTraining(recipe, limit, _seed, (epoch, planned) =>
            ReportTraining(context, (done + (double)epoch / planned) / all, $"Robustness, training {done + 1} of {all}: epoch {epoch} of {planned}"));
        return probe.Measure(networks, _validation!, _metric, (architecture, split, index) =>
        {
            var network = training.Run(architecture, split, index, _options.CancellationToken);
            done++;
            return network;
        }, _options.CancellationToken);
    }

    /// <summary>All networks trained once more on all rows, or none: they share one encoder.</summary>
    private List<TrainedNetwork> Refit(FinalTraining training, List<TrainedNetwork> networks, Func<DataSplit> allRows, Action<int> starting)
    {
        var refitted = new List<TrainedNetwork>();
        try
        {
            using var rows = allRows();
            foreach (var network in networks)
            {
                starting(refitted.Count);
                refitted.Add(training.Refit(network, rows, refitted.Count, _options.CancellationToken));
            }
        }
        catch (Exception problem) when (problem is DivergedException || Cancelled(problem))
        {
            foreach (var network in refitted) network.Dispose();
            return networks;
        }
        foreach (var network in networks) network.Dispose();
        return refitted;
    }

    private bool Cancelled(Exception problem) => problem is OperationCanceledException && _options.CancellationToken.IsCancellationRequested;

    /// <summary>The final network, unless the trial's own is better on the same validation rows.</summary>
    private TrainedNetwork Better(TrainedNetwork final, TrainedNetwork? trial)
    {
        if (trial is null) return final;
        var keepsTrial = trial.Training!.ValidationLoss < final.Training!.ValidationLoss
            && _metric.AsReward(MetricOf(trial)) > _metric.AsReward(MetricOf(final));
        (keepsTrial ? final : trial).Dispose();
        return keepsTrial ? trial : final;
    }

    private double MetricOf(TrainedNetwork network)
    {
        var (labels, weights) = network.Split.Validation.Known(network.Split.Target);
        return Scores.Of(_metric, network.Training!.Validation!, labels, weights);
    }

    private SearchResult Result(SearchContext context, List<TrainedNetwork> networks, TrialPlan plan, double searchSeconds, bool cancelled)
    {
        var architectures = networks.Select(static network => network.Architecture).ToArray();
        return new(networks, _problem.Target, _validation!)
        {
            SearchId = SearchId(context, architectures),
            Strategy = _strategy.Name,
            Space = _space,
            Architectures = architectures,
            Trials = [.. context.Trials],
            Metric = _metric,
            ValidationMetric = _validation!.Score(_metric),
            Trace = context.Trace,
            Robustness = _robustness,
            Cost = networks.Aggregate(default(Cost), static (sum, network) => sum + network.Network.Cost),
            Seed = _seed,
            SupernetEpochs = _budget.SupernetEpochs,
            EpochsPerTrial = plan.Epochs,
            MaxMacs = plan.MaxMacs,
            TrainingEpochs = networks.Max(static network => network.Training!.PlannedEpochs),
            SearchSeconds = searchSeconds,
            TrainingSeconds = _clock.Elapsed.TotalSeconds - searchSeconds,
            WasCancelled = cancelled,
            Collapse = context.Collapse,
        };
    }

    /// <summary>What the averaged networks say of validation rows, before any refit on those rows.</summary>
    private ValidationAnswers Validation(List<TrainedNetwork> networks)
    {
        var validation = _problem.Splits[0].Validation;
        var (labels, weights) = validation.Known(_problem.Target);
        return new(Predictions.Mean([.. networks.Select(network => network.Predict(validation.Features))]), labels, weights);
    }

    private string SearchId(SearchContext context, IReadOnlyList<Spaces.Architecture> architectures)
    {
        var text = string.Join('\n', (string[])[_space.Name, _strategy.Name, $"{_seed}", $"{_budget.SupernetEpochs}", .. context.Trials.Select(static trial => trial.Architecture.Id), .. architectures.Select(static architecture => architecture.Id)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..8]);
    }

    private void ReportSearching(SearchContext context, string message, Trial? trial) => Report(context, SearchPhase.Searching, _budget.Fraction, message, trial);

    private void ReportTraining(SearchContext context, double fraction, string message) => Report(context, SearchPhase.Training, fraction, message);

    private void Report(SearchContext context, SearchPhase phase, double fraction, string message, Trial? trial = null)
    {
        var best = context.Best;
        _report(new(phase, fraction, _clock.Elapsed, _budget.Trials, _budget.SupernetEpochs, best?.Metric, best?.Architecture.Id, message) { Metric = _metric, Trial = trial });
    }
}
