using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Strategies;

namespace Benchmarks;

/// <summary>Runs one search on one set and measures what it found on the test rows.</summary>
internal static class Searches
{
    public static readonly Dictionary<string, Func<SearchStrategy?>> Strategies = new()
    {
        ["default"] = static () => null,
        ["random"] = static () => SearchStrategies.Random(),
        ["exhaustive"] = static () => SearchStrategies.Exhaustive(),
        ["evolution"] = static () => SearchStrategies.Evolution(),
        ["nsga2"] = static () => SearchStrategies.Nsga2(),
        ["localsearch"] = static () => SearchStrategies.LocalSearch(),
        ["nasrl"] = static () => SearchStrategies.Reinforce(new() { SharedWeights = false }),
        ["ppo"] = static () => SearchStrategies.Ppo(),
        ["tpe"] = static () => SearchStrategies.Tpe(),
        ["bayesian"] = static () => SearchStrategies.Bayesian(),
        ["bananas"] = static () => SearchStrategies.Bananas(),
        ["trees"] = static () => SearchStrategies.Trees(),
        ["hyperband"] = static () => SearchStrategies.Hyperband(),
        ["bohb"] = static () => SearchStrategies.Bohb(),
        ["asha"] = static () => SearchStrategies.Asha(),
        ["median"] = static () => SearchStrategies.Tpe().With(Schedulers.MedianStopping()),
        ["zerocost"] = static () => SearchStrategies.ZeroCost(),
        ["darts"] = static () => SearchStrategies.Darts(),
        ["darts2"] = static () => SearchStrategies.Darts(new() { SecondOrder = true }),
        ["pcdarts"] = static () => SearchStrategies.PcDarts(),
        ["gdas"] = static () => SearchStrategies.Gdas(),
        ["snas"] = static () => SearchStrategies.Snas(),
        ["drnas"] = static () => SearchStrategies.DrNas(),
        ["proxylessnas"] = static () => SearchStrategies.ProxylessNas(),
        ["fairdarts"] = static () => SearchStrategies.FairDarts(),
        ["reinforce"] = static () => SearchStrategies.Reinforce(),
        ["spos"] = static () => SearchStrategies.OneShot(),
        ["fairnas"] = static () => SearchStrategies.OneShot(new() { Sampling = PathSampling.StrictFair }),
    };

    public sealed record Outcome(double Metric, double Validation, double Seconds, string Architecture, int Trials, int SupernetEpochs, long Macs);

    public static Outcome Run(IProblem problem, string strategy, int seed, SearchOptions options, bool verbose)
    {
        var ml = new MLContext(seed);
        options.Strategy = Strategies[strategy]();
        if (verbose) options.Progress = new Lines();
        var clock = Stopwatch.StartNew();
        using var model = problem.Pipeline(ml, options).Fit(problem.Train(ml));
        var took = clock.Elapsed.TotalSeconds;
        var result = model.LastTransformer.Result!;
        var metric = problem.Measure(ml, model.Transform(problem.Test(ml)));
        return new(metric, result.ValidationMetric, took, result.Architecture.ToString(), result.Trials.Count, result.SupernetEpochs, result.Cost.Macs);
    }

    private sealed class Lines : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => Console.WriteLine($"    {value.Elapsed.TotalSeconds,6:0.0} s  {value.Message}");
    }
}
