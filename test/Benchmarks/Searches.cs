using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Strategies;

namespace Benchmarks;

/// <summary>Runs one search on one set and measures what it found on the test rows.</summary>
internal static class Searches
{
    public static readonly Dictionary<string, Func<SearchStrategy?>> Strategies = new()
    {
        ["default"] = static () => null,
        ["darts"] = static () => SearchStrategies.Darts(),
        ["darts2"] = static () => SearchStrategies.Darts(new() { SecondOrder = true }),
        ["gdas"] = static () => SearchStrategies.Gdas(),
        ["snas"] = static () => SearchStrategies.Snas(),
        ["drnas"] = static () => SearchStrategies.DrNas(),
        ["proxylessnas"] = static () => SearchStrategies.ProxylessNas(),
        ["fairdarts"] = static () => SearchStrategies.FairDarts(),
        ["reinforce"] = static () => SearchStrategies.Reinforce(),
        ["nasrl"] = static () => SearchStrategies.Reinforce(new() { SharedWeights = false }),
        ["random"] = static () => SearchStrategies.Random(),
        ["evolution"] = static () => SearchStrategies.Evolution(),
        ["nsga2"] = static () => SearchStrategies.Nsga2(),
        ["localsearch"] = static () => SearchStrategies.LocalSearch(),
        ["ppo"] = static () => SearchStrategies.Ppo(),
        ["tpe"] = static () => SearchStrategies.Tpe(),
        ["bayesian"] = static () => SearchStrategies.Bayesian(),
        ["bananas"] = static () => SearchStrategies.Bananas(),
        ["trees"] = static () => SearchStrategies.Trees(),
        ["hyperband"] = static () => SearchStrategies.Hyperband(),
        ["bohb"] = static () => SearchStrategies.Bohb(),
        ["asha"] = static () => SearchStrategies.Asha(),
        ["spos"] = static () => SearchStrategies.Evolution().With(new SharedWeights()),
        ["median"] = static () => SearchStrategies.Tpe().With(Schedulers.MedianStopping()),
    };

    public sealed record Outcome(double Metric, double Validation, double Seconds, string Architecture, int Trials, int SupernetEpochs, long Macs);

    public static Outcome Run(IProblem table, string strategy, int seed, double seconds, int? threads, bool verbose)
    {
        var ml = new MLContext(seed);
        var options = new SearchOptions { Strategy = Strategies[strategy](), MaxSearchTimeInSeconds = seconds, Threads = threads };
        if (verbose) options.Progress = new Lines();
        var clock = Stopwatch.StartNew();
        using var model = table.Pipeline(ml, options).Fit(table.Train(ml));
        var took = clock.Elapsed.TotalSeconds;
        var result = model.LastTransformer.Result!;
        var metric = table.Measure(ml, model.Transform(table.Test(ml)));
        return new(metric, result.ValidationMetric, took, result.Architecture.ToString(), result.Trials.Count, result.SupernetEpochs, result.Cost.Macs);
    }

    private sealed class Lines : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => Console.WriteLine($"    {value.Elapsed.TotalSeconds,6:0.0} s  {value.Message}");
    }
}
