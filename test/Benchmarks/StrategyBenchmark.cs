namespace Benchmarks;

/// <summary>Every strategy against random search, at equal time.</summary>
/// <remarks>
/// The spaces are without the starts that the library ships, with small networks and short trainings, so that a search of seconds can try
/// enough architectures for strategies to differ.
/// </remarks>
internal static class StrategyBenchmark
{
    public static void Run(Flags flags)
    {
        // One number is how many seeds; several are the seeds.
        var seeds = flags.Numbers("seeds", "5") is [var count] ? [.. Enumerable.Range(1, count)] : flags.Numbers("seeds", "5");
        var strategies = flags.Text("strategies", "all") == "all" ? [.. Searches.Strategies.Keys.Where(static name => name != "default")] : flags.List("strategies", "");
        foreach (var name in flags.List("data", "telco-churn,satellite,fashion-mnist"))
        {
            IProblem problem = name == "fashion-mnist" ? new FashionMnist(null) : new RealTable(name);
            var seconds = flags.Number("seconds", 30);
            Console.WriteLine($"""

                {name}: {problem.MetricName} on test rows, {seconds:0} s of search, mean of {seeds.Length} seeds ± its standard error{(problem.HigherIsBetter ? "" : "; lower is better")}

                | strategy | test {problem.MetricName} | against random search | validation {problem.MetricName} | trials | supernet epochs |
                | --- | --- | --- | --- | --- | --- |
                """);
            double[]? baseline = null;
            foreach (var strategy in strategies.Where(static strategy => strategy != "random").Prepend("random"))
            {
                var outcomes = seeds.Select(seed => Searches.Run(problem, strategy, seed, new()
                {
                    Space = problem.SmallSpace(),
                    MaxSearchTimeInSeconds = seconds,
                    // Limits that come from measured speed would differ from run to run.
                    MaxMacs = 100_000_000,
                    EpochsPerTrial = flags.Optional("epochs") ?? 5,
                    MaxTrainingEpochs = flags.Optional("training-epochs") ?? 15,
                    RefitOnAllRows = false,
                    Threads = flags.Optional("threads"),
                }, flags.Text("verbose", "no") == "yes")).ToArray();
                double[] metrics = [.. outcomes.Select(static outcome => outcome.Metric)];
                baseline ??= metrics;
                // The same seed splits the rows in the same way, so that differences are taken seed by seed.
                var difference = strategy == "random" ? "" : Summary(metrics.Zip(baseline, (one, random) => problem.HigherIsBetter ? one - random : random - one), "+0.####;-0.####;0");
                Console.WriteLine($"| {strategy} | {Summary(metrics)} | {difference} | {Summary(outcomes.Select(static o => o.Validation))} | {outcomes.Average(static o => o.Trials):0.0} | {outcomes.Average(static o => o.SupernetEpochs):0.0} |");
            }
        }
    }

    /// <summary>The mean and its standard error.</summary>
    private static string Summary(IEnumerable<double> values, string format = "0.####")
    {
        var all = values.ToArray();
        var mean = all.Average();
        var error = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1) / all.Length);
        return $"{mean.ToString(format)} ± {error:0.####}";
    }
}
