using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Strategies;

namespace Snippets;

internal static class Composition
{
    public static SamplingStrategy[] Strategies() =>
    [
        #region composition
        SearchStrategies.Tpe().With(Schedulers.Hyperband()),                     // BOHB
        SearchStrategies.Evolution().With(Schedulers.Asha()).WithWorkers(4),
        SearchStrategies.Bayesian().With(Schedulers.MedianStopping()),           // learning curves that promise little are cut
        new SamplingStrategy(new HillClimbing(), scheduler: new NineThenOne()),
        SearchStrategies.Evolution().With(new Plainness()),                      // ranks 500 cheaply, then tries the best
        #endregion
    ];

    public static BenchmarkResult Table(SearchSpace space, SamplingStrategy strategy)
    {
        #region table
        var table = new TabularBenchmark("mine", space, SearchMetric.Accuracy,
            genotype => new TabularEntry(Metric: 1.0 / (1 + genotype.Indices.Sum()), Seconds: 60));
        var result = BenchmarkSearch.Run(table, strategy, new BenchmarkSearchOptions { Seed = 1, MaxSimulatedSeconds = 600 });
        #endregion
        return result;
    }

    public static SearchOptions Options()
    {
        #region objectives
        var options = new SearchOptions
        {
            Strategy = SearchStrategies.Nsga2(),
            Objectives = [Objectives.Macs(limit: 100_000), Objectives.ModelBytes(), new Complexity()],
            MaxTrials = 50,
        };
        #endregion
        return options;
    }
}
