using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;

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
    public static BenchmarkResult Run(TabularBenchmark benchmark, SearchStrategy strategy, BenchmarkSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(strategy);
        options ??= new();
        if (options.MaxTrials is { } trials) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials, nameof(options.MaxTrials));
        if (options.MaxSimulatedSeconds is { } seconds) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds, nameof(options.MaxSimulatedSeconds));
        var space = benchmark.Space;
        using var memory = new SearchMemory();
        var history = new SearchHistory(space, benchmark.Metric, options.Seed, options.Allows is { } allows ? genotype => allows(space.Resolve(genotype)) : null, memory: memory);
        var budget = new SearchBudget(null, options.MaxTrials, null, options.CancellationToken) { SimulatedSeconds = options.MaxSimulatedSeconds };
        var cancelled = false;
        try
        {
            strategy.Search(new(history, budget, benchmark) { Study = options.Study ?? new InMemoryStudy() });
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            cancelled = true;
        }
        return new(history.Trials, history.Best, cancelled);
    }
}
