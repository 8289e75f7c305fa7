using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas.Tests.Strategies.Sampling;

/// <summary>What every strategy that proposes architectures promises, on spaces of every kind.</summary>
[TestClass]
public sealed class SamplingContractTests
{
    private static readonly Dictionary<string, Func<SamplingStrategy>> All = new()
    {
        ["random"] = SearchStrategies.Random,
        ["exhaustive"] = SearchStrategies.Exhaustive,
        ["evolution"] = static () => SearchStrategies.Evolution(new() { PopulationSize = 5 }),
        ["evolution that repeats"] = static () => SearchStrategies.Evolution(new() { PopulationSize = 5, Repeats = true }),
        ["nsga2"] = static () => SearchStrategies.Nsga2(new() { PopulationSize = 5 }),
        ["local search"] = SearchStrategies.LocalSearch,
        ["reinforce"] = static () => (SamplingStrategy)SearchStrategies.Reinforce(new() { SharedWeights = false, HiddenSize = 8 }),
        ["reinforce, independent"] = static () => (SamplingStrategy)SearchStrategies.Reinforce(new() { SharedWeights = false, Controller = ControllerKind.Independent, Repeats = true }),
        ["ppo"] = static () => SearchStrategies.Ppo(new() { HiddenSize = 8, BatchSize = 4, Steps = 2 }),
        ["ppo, independent"] = static () => SearchStrategies.Ppo(new() { Controller = ControllerKind.Independent, BatchSize = 4 }),
        ["tpe"] = static () => SearchStrategies.Tpe(new() { StartupTrials = 5 }),
        ["bayesian"] = static () => SearchStrategies.Bayesian(new() { StartupTrials = 5, RandomCandidates = 20 }),
        ["bananas"] = static () => SearchStrategies.Bananas(new() { StartupTrials = 5, EnsembleSize = 2, HiddenSize = 8, Candidates = 20 }),
        ["trees"] = static () => SearchStrategies.Trees(new() { StartupTrials = 5, EnsembleSize = 2, NumberOfTrees = 5, Candidates = 20 }),
        ["successive halving"] = static () => SearchStrategies.Random().With(Schedulers.SuccessiveHalving()),
        ["hyperband"] = static () => SearchStrategies.Hyperband(),
        ["bohb"] = static () => SearchStrategies.Bohb(),
        ["asha"] = static () => SearchStrategies.Asha(),
        ["asha, 3 workers"] = static () => SearchStrategies.Asha().WithWorkers(3),
        ["evolution, 3 workers"] = static () => SearchStrategies.Evolution(new() { PopulationSize = 5 }).WithWorkers(3),
        ["median stopping"] = static () => SearchStrategies.Tpe(new() { StartupTrials = 5 }).With(Schedulers.MedianStopping()),
    };

    private const int Trials = 30;

    public static IEnumerable<object[]> Cases => from strategy in All.Keys from space in Tables.Spaces.Keys select new object[] { strategy, space };

    public static IEnumerable<object[]> Strategies => All.Keys.Select(static strategy => new object[] { strategy });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_same_seed_gives_the_same_trials(string strategy, string space)
    {
        var table = Tables.Of(Tables.Spaces[space]());
        var first = Run(strategy, table);
        Assert.HasCount(Trials, first.Trials);
        AssertSame(first.Trials, Run(strategy, table).Trials);
        if (strategy != "exhaustive") Assert.AreNotEqual(Text(first.Trials), Text(Run(strategy, table, static options => options.Seed = 2).Trials));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Proposals_are_architectures_of_the_space_that_keep_its_limits(string strategy, string space)
    {
        var table = Tables.Of(Tables.Spaces[space]());
        var limited = table.Space.Where(static architecture => architecture.Genotype.Indices.Sum() % 3 != 0);
        var result = Run(strategy, Tables.Of(limited), options => options.Allows = static architecture => architecture.Genotype.Indices.Sum() % 3 != 1);
        Assert.IsGreaterThan(5, result.Trials.Count);
        foreach (var trial in result.Trials)
        {
            var genotype = trial.Architecture.Genotype;
            Assert.AreEqual(genotype, table.Space.Normalize(genotype.Indices.AsSpan()));
            Assert.AreEqual(2, genotype.Indices.Sum() % 3, $"{genotype}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Budgets_are_honoured(string strategy)
    {
        var table = Tables.Of(Tables.Spaces["conditional space"]());
        Assert.HasCount(7, Run(strategy, table, static options => options.MaxTrials = 7).Trials);
        var timed = Run(strategy, table, static options => (options.MaxTrials, options.MaxSimulatedSeconds) = (null, 500));
        var workers = All[strategy]().Workers;
        var spent = timed.Trials.Sum(static trial => trial.Seconds);
        Assert.IsLessThanOrEqualTo(500.0 * workers, spent);
        Assert.IsGreaterThan(300.0, spent);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Failed_and_undefined_results_do_not_end_a_search(string strategy, string space)
    {
        var table = Tables.Of(Tables.Spaces[space](), static (genotype, _, entry) => (genotype.Indices.Sum() % 4) switch
        {
            0 => null,
            1 => entry with { Metric = double.NaN },
            _ => entry,
        });
        var result = Run(strategy, table);
        Assert.HasCount(Trials, result.Trials);
        Assert.IsTrue(result.Trials.Any(static trial => trial.State == TrialState.Failed), "no trial failed");
        Assert.IsTrue(double.IsFinite(result.Best!.Metric));
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void A_search_in_which_everything_fails_ends_without_a_best(string strategy)
    {
        var table = Tables.Of(Tables.Spaces["cell space"](), static (_, _, _) => null);
        var result = Run(strategy, table, static options => options.MaxTrials = 12);
        Assert.HasCount(12, result.Trials);
        Assert.IsNull(result.Best);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_resumed_search_goes_on_as_if_it_had_never_stopped(string strategy, string space)
    {
        var table = Tables.Of(Tables.Spaces[space]());
        var whole = Run(strategy, table);
        using var study = new ReplayStudy(whole.Trials.Take(17));
        var resumed = Run(strategy, table, options => options.Record = study);
        AssertSame(whole.Trials, resumed.Trials);
        Assert.HasCount(Trials - 17, study.Evaluated);
    }

    /// <summary>Nothing that matters hides in what a sampler remembers: from the trials alone it proposes the same.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void What_is_proposed_follows_from_the_trials_alone(string strategy, string space)
    {
        var table = Tables.Of(Tables.Spaces[space]());
        var search = All[strategy]();
        if (search.Workers > 1) return;
        var trials = Run(strategy, table).Trials;
        foreach (var known in (int[])[0, 4, 11, 26])
        {
            using var memory = new SearchMemory();
            var history = new SearchHistory(table.Space, table.Metric, 1, memory: memory);
            foreach (var trial in trials.Take(known)) history.End(new(trial.Architecture.Genotype, trial.Origin, trial.Fidelity, trial.Continues), trial);
            var next = search.Next(history, trials[known].Number)!;
            Assert.AreEqual(trials[known].Architecture.Genotype, next.Genotype, $"after {known} trials");
            Assert.AreEqual(trials[known].Fidelity, next.Fidelity);
            Assert.AreEqual(trials[known].Continues, next.Continues);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Cancelling_gives_the_best_so_far(string strategy)
    {
        using var source = new CancellationTokenSource();
        var (asked, space) = (0, Tables.Spaces["conditional space"]());
        var table = Tables.Of(space, (_, _, entry) =>
        {
            if (Interlocked.Increment(ref asked) == 24) source.Cancel();
            return entry;
        });
        var result = Run(strategy, table, options => options.CancellationToken = source.Token);
        Assert.IsTrue(result.WasCancelled);
        Assert.IsNotNull(result.Best);
        Assert.IsLessThan(Trials, result.Trials.Count);
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void A_space_that_is_used_up_ends_the_search(string strategy)
    {
        if (strategy.Contains("repeats", StringComparison.Ordinal) || strategy == "reinforce, independent") return;
        var space = new SearchSpace("tiny", new Choice("activation", ("relu", new Relu()), ("silu", new Silu()), ("gelu", new Gelu())), new Shape(2));
        var result = Run(strategy, Tables.Of(space));
        Assert.AreEqual(3, result.Trials.Select(static trial => trial.Architecture.Genotype).Distinct().Count());
        Assert.IsLessThan(Trials, result.Trials.Count);
        Assert.AreEqual(1, result.Best!.Fidelity);
    }

    internal static BenchmarkResult Run(string strategy, TabularBenchmark table, Action<BenchmarkSearchOptions>? change = null)
    {
        var options = new BenchmarkSearchOptions { Seed = 1, MaxTrials = Trials };
        change?.Invoke(options);
        return BenchmarkSearch.Run(table, All[strategy](), options);
    }

    internal static string Text(IEnumerable<Trial> trials) => string.Join('\n', trials.Select(static trial => $"{trial.Number} {trial.Architecture.Genotype} {trial.Fidelity} {trial.Continues} {trial.State} {trial.Metric}"));

    private static void AssertSame(IEnumerable<Trial> expected, IEnumerable<Trial> actual) => Assert.AreEqual(Text(expected), Text(actual));
}
