namespace Benchmarks;

/// <summary>Every strategy against random search, at equal time.</summary>
internal static class StrategyBenchmark
{
    public static void Run(Flags flags)
    {
        var (seeds, seconds) = (flags.Numbers("seeds", "1,2,3,4,5"), flags.Number("seconds", 60));
        foreach (var name in flags.List("sets", string.Join(',', RealTable.All)))
        {
            var table = new RealTable(name);
            foreach (var strategy in flags.List("strategies", "random,darts,reinforce"))
            {
                var outcomes = seeds.Select(seed => Searches.Run(table, strategy, seed, seconds, flags.Optional("threads"), verbose: false)).ToArray();
                Console.WriteLine($"| {name} | {strategy} | {Summary(outcomes.Select(static o => o.Metric))} | {Summary(outcomes.Select(static o => o.Validation))} | {outcomes.Average(static o => o.Trials):0.0} | {outcomes.Average(static o => o.SupernetEpochs):0.0} |");
            }
        }
    }

    /// <summary>The mean and its standard error.</summary>
    private static string Summary(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        var error = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1) / all.Length);
        return $"{mean:0.####} ± {error:0.####}";
    }
}
