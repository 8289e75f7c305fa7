using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Strategies;

namespace Benchmarks;

/// <summary>What strategies themselves cost: whole searches of a table, and single proposals at a number of observations.</summary>
internal static class OverheadBenchmark
{
    private const int Runs = 500, Evaluations = 100, Observations = 200;

    public static void Run(Flags flags)
    {
        var space = SearchSpaces.NasBench201();
        // A made-up table, so that nothing has to be read.
        var table = new TabularBenchmark("made up", space, SearchMetric.Accuracy, static genotype => new(1.0 / (1 + Math.Abs(genotype.GetHashCode() % 1000)), 1));
        var evolution = SearchStrategies.Evolution();
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = flags.Optional("threads") ?? 2 }, seed => BenchmarkSearch.Run(table, evolution, new() { Seed = seed, MaxTrials = Evaluations }));
        Console.WriteLine($"regularized evolution, {Runs} runs of {Evaluations} evaluations: {clock.Elapsed.TotalSeconds:0.00} s");
        foreach (var (name, strategy) in (ReadOnlySpan<(string, SamplingStrategy)>)[("TPE", SearchStrategies.Tpe()), ("Gaussian process", SearchStrategies.Bayesian()), ("BANANAS", SearchStrategies.Bananas()), ("trees", SearchStrategies.Trees()), ("NSGA-II", SearchStrategies.Nsga2()), ("local search", SearchStrategies.LocalSearch()), ("evolution", evolution)])
        {
            BenchmarkSearch.Run(table, strategy, new() { Seed = 1, MaxTrials = Observations / 2 });
            var times = new List<double>();
            var last = 0L;
            var timed = new TabularBenchmark("timed", space, SearchMetric.Accuracy, genotype => new(1.0 / (1 + Math.Abs(genotype.GetHashCode() % 1000)), 1));
            // The search of one more trial contains one more proposal: what lies between looking two results up.
            var watched = new Watched(timed, () =>
            {
                var now = Stopwatch.GetTimestamp();
                if (last != 0) times.Add(Stopwatch.GetElapsedTime(last, now).TotalMilliseconds);
                last = now;
            });
            BenchmarkSearch.Run(watched, strategy, new() { Seed = 2, MaxTrials = Observations + 20 });
            var at = times.TakeLast(20).Order().ToArray();
            Console.WriteLine($"{name}: {at.Average():0.00} ms a proposal at {Observations} observations (the slowest of 20: {at[^1]:0.00})");
        }
    }

    private sealed class Watched(TabularBenchmark inner, Action evaluated) : TabularBenchmark(inner.Name, inner.Space, inner.Metric, static genotype => null)
    {
        public override double Duration(Microsoft.ML.Nas.Spaces.Architecture architecture, double fidelity) => inner.Duration(architecture, fidelity);

        public override EvaluationResult Evaluate(Microsoft.ML.Nas.Spaces.Architecture architecture, EvaluationContext context)
        {
            evaluated();
            return inner.Evaluate(architecture, context);
        }
    }
}
