using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Studies.Storage;

namespace Microsoft.ML.Nas;

/// <summary>Searches a table of results, without data and without training.</summary>
public static class BenchmarkSearch
{
    /// <summary>Runs a strategy on a table until a limit is reached, or until it has nothing left to propose.</summary>
    /// <param name="benchmark">The table.</param>
    /// <param name="strategy">A strategy that only proposes architectures.</param>
    /// <param name="options">Default null: seed 0, until every architecture was tried.</param>
    /// <exception cref="NotSupportedException">The strategy trains networks, for which a table has no data.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    /// <exception cref="StudyException">The study is about another search, or cannot be opened or written.</exception>
    public static BenchmarkResult Run(TabularBenchmark benchmark, SearchStrategy strategy, BenchmarkSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(strategy);
        options ??= new();
        if (options.MaxTrials is { } trials) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials, nameof(options.MaxTrials));
        if (options.MaxSimulatedSeconds is { } seconds) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds, nameof(options.MaxSimulatedSeconds));
        var space = benchmark.Space;
        using var memory = new SearchMemory();
        var limited = options.Allows is not null || options.Objectives.Any(static objective => objective.Limit is not null);
        var history = new SearchHistory(space, benchmark.Metric, options.Seed, limited ? Allows : null, memory: memory);
        var budget = new SearchBudget(null, options.MaxTrials, null, TimeProvider.System, options.CancellationToken) { SimulatedSeconds = options.MaxSimulatedSeconds };
        using var storage = options.Study is { } address ? StudyStorage.Open(address, strategy.CanShare) : null;
        using var study = storage is null ? (IStudy)new InMemoryStudy() : Open(storage, benchmark, strategy, options.Seed);
        var cancelled = false;
        try
        {
            strategy.Search(new(history, budget, benchmark) { Study = options.Record ?? study, Objectives = options.Objectives });
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            cancelled = true;
        }
        return new(history.Trials, history.Best, ParetoRanking.Front(history.Trials, history.Reward), cancelled);

        bool Allows(Spaces.Genotype genotype)
        {
            var architecture = space.Resolve(genotype);
            return options.Allows?.Invoke(architecture) != false && options.Objectives.All(objective => objective.Allows(benchmark.CostOf(architecture)));
        }
    }

    private static Study Open(IStudyStorage storage, TabularBenchmark benchmark, SearchStrategy strategy, int seed)
    {
        var protocol = new JsonObject { ["benchmark"] = benchmark.Name, ["metric"] = benchmark.Metric.ToString() };
        return Study.Open(storage, benchmark.Space, StudyDescription.Create(benchmark.Space, data: null, strategy, protocol, seed), device: "none");
    }
}
