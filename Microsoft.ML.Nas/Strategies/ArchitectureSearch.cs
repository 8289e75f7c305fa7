using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Studies.Storage;
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
    private readonly IStudyStorage? _storage;
    private readonly IStudy _study;
    private readonly SearchReplay? _replay;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly JsonObject _protocol;
    private readonly ConvolutionForms _forms;

    private ArchitectureSearch(SearchProblem problem, SearchOptions options, int seed, Action<SearchProgress> report, IStudyStorage? storage, IStudy? study)
    {
        (_problem, _options, _seed, _report, _storage, _replay) = (problem, options, seed, report, storage, options.Replay);
        _space = (options.Architecture?.Space ?? options.Space ?? DefaultSpace(problem)).WithInput(problem.Input);
        _strategy = options.Strategy ?? SearchStrategies.Darts();
        _metric = options.Metric ?? MetricExtensions.DefaultFor(problem.Target.Task);
        _recipe = DefaultRecipes.For(problem.Splits[0]) with { Precision = options.Precision == TrainingPrecision.Float32 ? null : options.Precision };
        _protocol = SearchProtocol.Of(problem, options, _metric, _recipe);
        _study = study ?? (storage is null ? new InMemoryStudy() : Open(storage));
        _budget = new SearchBudget(SearchTime(options), options.MaxTrials, SupernetEpochs(), options.Clock, options.CancellationToken) { Study = _study };
        _forms = Forms();
    }

    /// <summary>Searches and trains what was found. The problem's splits must outlive the result.</summary>
    /// <param name="problem">The data.</param>
    /// <param name="options">What to search, how, and for how long.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="report">Called as the search gets on.</param>
    /// <param name="storage">Where it is recorded; null for nowhere.</param>
    /// <param name="study">Another record; null for one in the storage.</param>
    /// <exception cref="OperationCanceledException">Cancelled before any architecture was ranked.</exception>
    /// <exception cref="InvalidOperationException">No architecture could be trained.</exception>
    /// <exception cref="StudyException">The study is about another search, or cannot be written.</exception>
    public static SearchResult Run(SearchProblem problem, SearchOptions options, int seed, Action<SearchProgress> report, IStudyStorage? storage = null, IStudy? study = null)
    {
        var search = new ArchitectureSearch(problem, options, seed, report, storage, study);
        using (search._study)
        {
            using var forms = search._forms.Use();
            var result = search.Run();
            storage?.Conclude(result.Manifest.ToJson());
            return result;
        }
    }

    private Study Open(IStudyStorage storage)
    {
        var description = StudyDescription.Create(_space, _problem.Data is { } data ? StudyDescription.Of(data) : null, _strategy, _protocol.DeepClone().AsObject(), _seed);
        return Study.Open(storage, _space, description, _problem.Splits[0].Train.Features.device.ToString(), ManifestOptions.Of(_options));
    }

    /// <summary>A study whose supernet was trained keeps it, whatever is asked for now.</summary>
    private int? SupernetEpochs() => _replay?.SupernetEpochs ?? (
        _storage?.Facts().GetValueOrDefault(SearchContext.SupernetEpochsFact) is { } known && int.Parse(known, CultureInfo.InvariantCulture) is > 0 and var epochs ? epochs : _options.MaxEpochs);

    private ConvolutionForms Forms()
    {
        const string Fact = "convolution ";
        var known = _replay?.ConvolutionForms ?? _storage?.Facts().Where(static fact => fact.Key.StartsWith(Fact, StringComparison.Ordinal)).ToDictionary(static fact => fact.Key[Fact.Length..], static fact => fact.Value);
        // An architecture that was given has the default search time too; a number of epochs is what limits its training then.
        var isCounted = _budget.Time is null || _options is { Architecture: not null, MaxTrainingEpochs: not null };
        return new(known ?? new Dictionary<string, string>(), isCounted ? null : (name, measure) => _study.Fact(Fact + name, measure), _options.Clock);
    }

    private static SearchSpace DefaultSpace(SearchProblem problem) => problem.Input switch
    {
        ImageShape => SearchSpaces.NasBench201(channels: 8, cellsPerStage: 1, problem.Input),
        TokenShape when problem.Target.Task == LearningTask.SequenceLabeling => SearchSpaces.SequenceLabeling(),
        _ => SearchSpaces.Tabular(),
    };

    private static TimeSpan? SearchTime(SearchOptions options) => options switch
    {
        { MaxSearchTimeInSeconds: { } seconds } => TimeSpan.FromSeconds(seconds),
        { MaxTrials: null, MaxEpochs: null } => TimeSpan.FromSeconds(SearchOptions.DefaultSearchTimeInSeconds),
        _ => null,
    };

    private SearchResult Run()
    {
        if (_options.Architecture is { } given) return Train(_space.Resolve(given.Genotype));
        var plan = JsonSerializer.Deserialize<TrialPlan>(_study.Fact("trial plan", () => JsonSerializer.Serialize(TrialPlan.Create(_options, _space, _problem, _budget, _recipe))))!;
        using var evaluator = new TrainFromScratch(_problem, _recipe.WithEpochs(plan.Epochs), _seed, _study, _replay?.FirstTrial ?? []) { Fidelity = _options.Fidelity, Clock = _options.Clock };
        using var memory = new SearchMemory();
        var history = new SearchHistory(_space, _metric, _seed, Allows, memory: memory) { Problem = _problem };
        SearchContext? context = null;
        context = new SearchContext(history, _budget, evaluator) { Problem = _problem, Precision = _options.Precision, Study = _study, Objectives = _options.Objectives, Reporting = (message, trial) => ReportSearching(context!, message, trial) };
        if (!plan.Allows(_space.Default, _space, _problem))
            throw new ArgumentOutOfRangeException(nameof(SearchOptions.MaxMacs), plan.MaxMacs,
                $"The space's default architecture costs {TrialPlan.MacsOf(_space.Resolve(_space.Default), _problem):N0} multiply-adds a row, more than SearchOptions.MaxMacs allows; allow more, or make a space whose default costs less.");
        var cancelled = !Search(context);
        memory.Dispose();
        var searchSeconds = _budget.Elapsed.TotalSeconds;
        if (context.Best is null)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException(
                $"None of the {context.Trials.Count} architectures tried could be trained; the last one: {(context.Trials.Count > 0 ? context.Trials[^1].FailureReason : "there was no time for a trial; give the search more")}");
        }
        var chosen = TrialSelection.Choose(context.Trials, _metric, _options.EnsembleSize);
        var baseline = _options.ReportBaseline && !cancelled ? RunBaseline(plan, context) : null;
        var trainingStarted = _budget.Elapsed;
        var final = TrainFinally(context, evaluator, chosen);
        return Result(context, final, plan, evaluator.FirstTrial(), baseline, searchSeconds, (_budget.Elapsed - trainingStarted).TotalSeconds, cancelled || _options.CancellationToken.IsCancellationRequested);

        bool Allows(Genotype genotype) => plan.Allows(genotype, _space, _problem)
            && (!_options.Objectives.Any(static objective => objective.Limit is not null) || _space.Resolve(genotype) is var architecture && _options.Objectives.All(objective => objective.Allows(evaluator.CostOf(architecture))));
    }

    /// <summary>Trains one architecture in full, without a search.</summary>
    private SearchResult Train(Architecture architecture)
    {
        var plan = new TrialPlan(0, long.MaxValue);
        using var evaluator = new TrainFromScratch(_problem, _recipe, _seed, _study, []);
        var context = new SearchContext(new(_space, _metric, _seed), _budget, evaluator) { Problem = _problem, Study = _study };
        var started = _budget.Elapsed;
        var final = TrainFinally(context, evaluator, [new(0, architecture, TrialState.Complete, double.NaN, double.NaN, evaluator.CostOf(architecture), 0, 0, "given")]);
        return Result(context, final, plan, [], baseline: null, searchSeconds: 0, (_budget.Elapsed - started).TotalSeconds, _options.CancellationToken.IsCancellationRequested);
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

    private BaselineResult RunBaseline(TrialPlan plan, SearchContext context)
    {
        using IStudy study = _storage is null ? new InMemoryStudy() : new Study(_storage, _space, StudyRecord.BaselineSeries);
        var seed = Seeds.Derive(_seed, "baseline");
        using var evaluator = new TrainFromScratch(_problem, _recipe.WithEpochs(plan.Epochs), seed, study, _replay?.BaselineFirstTrial ?? []) { Clock = _options.Clock };
        var trials = _replay?.BaselineTrials ?? (_budget.Time is null ? BaselineSearch.TrialsFor(context.Trials.Count, _budget.SupernetEpochs, plan.Epochs * _problem.Splits.Count) : null);
        var budget = new SearchBudget(_replay is null ? _budget.Time : null, trials, null, _options.Clock, _options.CancellationToken);
        return BaselineSearch.Run(_problem, new(_space, _metric, seed, genotype => plan.Allows(genotype, _space, _problem)), budget, evaluator, study, message => ReportSearching(context, message, null));
    }

    private FinalNetworks TrainFinally(SearchContext context, TrainFromScratch evaluator, IReadOnlyList<Trial> chosen) =>
        new FinalPhase(context, _options, _recipe, evaluator, (fraction, message) => Report(context, SearchPhase.Training, fraction, message)).Run(chosen);

    private SearchResult Result(SearchContext context, FinalNetworks final, TrialPlan plan, IReadOnlyList<TrainingSchedule> firstTrial, BaselineResult? baseline, double searchSeconds, double trainingSeconds, bool cancelled)
    {
        var architectures = final.Networks.Select(static network => network.Architecture).ToArray();
        var cost = final.Networks.Aggregate(default(Cost), static (sum, network) => sum + network.Network.Cost);
        var id = SearchId(context, architectures);
        var manifest = ManifestWriter.Write(new(_started, _seed, _options, _space, _strategy, _problem, _protocol, _recipe, plan, _budget, context.Trials, baseline, architectures, cost)
        {
            SearchId = id,
            FirstTrial = firstTrial,
            FinalTrainings = final.Trainings,
            IsRefitted = final.IsRefitted,
            ConvolutionForms = _forms.Chosen,
            ValidationMetric = final.Validation.Score(_metric),
            SearchSeconds = searchSeconds,
            TrainingSeconds = trainingSeconds,
            WasCancelled = cancelled,
        }, context.Best);
        return new(final.Networks, _problem.Target, final.Validation)
        {
            SearchId = id,
            Manifest = manifest,
            Baseline = baseline,
            Strategy = _options.Architecture is null ? _strategy.Name : "none: the architecture was given",
            Space = _space,
            Architectures = architectures,
            Trials = [.. context.Trials],
            Metric = _metric,
            ValidationMetric = final.Validation.Score(_metric),
            Trace = context.Trace,
            Robustness = final.Robustness,
            Cost = cost,
            Seed = _seed,
            Precision = _options.Precision,
            SupernetEpochs = _budget.SupernetEpochs,
            EpochsPerTrial = plan.Epochs,
            MaxMacs = plan.MaxMacs,
            TrainingEpochs = final.Networks.Max(static network => network.Training!.PlannedEpochs),
            SearchSeconds = searchSeconds,
            TrainingSeconds = trainingSeconds,
            WasCancelled = cancelled,
            Collapse = context.Collapse,
        };
    }

    private string SearchId(SearchContext context, IReadOnlyList<Spaces.Architecture> architectures)
    {
        var text = string.Join('\n', (string[])[_space.Name, _strategy.Name, $"{_seed}", $"{_budget.SupernetEpochs}", .. context.Trials.Select(static trial => trial.Architecture.Id), .. architectures.Select(static architecture => architecture.Id)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..8]);
    }

    private void ReportSearching(SearchContext context, string message, Trial? trial) => Report(context, SearchPhase.Searching, _budget.Fraction, message, trial);

    private void Report(SearchContext context, SearchPhase phase, double fraction, string message, Trial? trial = null)
    {
        var best = context.Best;
        _report(new(phase, fraction, _clock.Elapsed, _budget.Trials, _budget.SupernetEpochs, best?.Metric, best?.Architecture.Id, message) { Metric = _metric, Trial = trial });
    }
}
