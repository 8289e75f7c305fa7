using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Strategies;

namespace Benchmarks;

/// <summary>Every strategy that only proposes architectures, on NAS-Bench-201 as its paper does: 12,000 simulated seconds, the validation accuracy after 12 epochs as the reward.</summary>
internal static class NasBench201Benchmark
{
    /// <summary>The fidelities that the table has: 12 epochs and 200.</summary>
    private static readonly SuccessiveHalvingOptions TwoFidelities = new() { MinFidelity = 12.0 / 200, ReductionFactor = 200 / 12.0 };

    private static readonly Dictionary<string, (Func<SearchStrategy> Create, bool After200)> Strategies = new()
    {
        ["random"] = (SearchStrategies.Random, false),
        ["evolution, paper"] = (static () => SearchStrategies.Evolution(new() { PopulationSize = 10, SampleSize = 3, Repeats = true }), false),
        ["reinforce, paper"] = (static () => SearchStrategies.Reinforce(new() { SharedWeights = false, Controller = ControllerKind.Independent, ControllerLearningRate = 1e-3, EntropyWeight = 0, Repeats = true }), false),
        ["evolution"] = (static () => SearchStrategies.Evolution(), false),
        ["local search"] = (SearchStrategies.LocalSearch, false),
        ["nsga2"] = (static () => SearchStrategies.Nsga2(), false),
        ["tpe"] = (static () => SearchStrategies.Tpe(), false),
        ["bayesian"] = (static () => SearchStrategies.Bayesian(), false),
        ["bananas"] = (static () => SearchStrategies.Bananas(), false),
        ["trees"] = (static () => SearchStrategies.Trees(), false),
        ["reinforce"] = (static () => SearchStrategies.Reinforce(new() { SharedWeights = false }), false),
        ["ppo"] = (static () => SearchStrategies.Ppo(), false),
        ["hyperband, 12 and 200 epochs"] = (static () => SearchStrategies.Hyperband(TwoFidelities), true),
        ["bohb, 12 and 200 epochs"] = (static () => SearchStrategies.Bohb(TwoFidelities), true),
        ["asha, 12 and 200 epochs"] = (static () => SearchStrategies.Asha(TwoFidelities), true),
    };

    public static void Run(Flags flags)
    {
        var (runs, seconds) = (flags.Optional("runs") ?? 500, flags.Number("seconds", 12000));
        var table = NasBench201.Load(flags.Text("data", Path.Combine(SharedData.Folder("nasbench201"), "nb201.csv.gz")));
        Console.WriteLine($"NAS-Bench-201, {runs} runs of {seconds:0} simulated seconds each; test accuracy after 200 epochs of the architecture returned");
        Console.WriteLine("| strategy | CIFAR-10 | CIFAR-100 | trials | s a run |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var name in flags.Text("strategies", "all") is var names && names == "all" ? [.. Strategies.Keys] : names.Split(';'))
        {
            var (create, after200) = Strategies[name];
            var (benchmark, strategy) = (after200 ? table.After200Epochs() : table.After12Epochs(), create());
            var found = new ConcurrentBag<(double Cifar10, double Cifar100, int Trials)>();
            var clock = Stopwatch.StartNew();
            Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = flags.Optional("threads") ?? Environment.ProcessorCount }, seed =>
            {
                var result = BenchmarkSearch.Run(benchmark, strategy, new() { Seed = seed, MaxSimulatedSeconds = seconds });
                var cell = table[result.Best!.Architecture.Genotype];
                found.Add((100 * cell.TestAfter200, 100 * cell.Cifar100TestAfter200, result.Trials.Count));
            });
            Console.WriteLine($"| {name} | {Spread(found.Select(static one => one.Cifar10))} | {Spread(found.Select(static one => one.Cifar100))} | {found.Average(static one => one.Trials):0} | {clock.Elapsed.TotalSeconds / runs:0.000} |");
        }
    }

    private static string Spread(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return $"{mean:0.00} ± {Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, all.Length - 1)):0.00}";
    }
}
