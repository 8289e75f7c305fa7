namespace Benchmarks;

/// <summary>Default searches on the real tables.</summary>
internal static class TableBenchmark
{
    public static void Run(Flags flags)
    {
        var (seeds, seconds) = (flags.Numbers("seeds", "1,2,3"), flags.Number("seconds", 120));
        foreach (var name in flags.List("sets", string.Join(',', RealTable.All)))
        {
            var table = new RealTable(name);
            var metrics = new List<double>();
            foreach (var seed in seeds)
            {
                var outcome = Searches.Run(table, flags.Text("strategy", "default"), seed, new() { MaxSearchTimeInSeconds = seconds, Threads = flags.Optional("threads") }, flags.Text("verbose", "no") == "yes");
                metrics.Add(outcome.Metric);
                Console.WriteLine($"{name,-12} seed {seed}: {table.MetricName} {outcome.Metric:0.####} (validation {outcome.Validation:0.####}), {outcome.Trials} trials, {outcome.SupernetEpochs} supernet epochs, {outcome.Macs:N0} multiply-adds, {outcome.Seconds:0} s  {outcome.Architecture}");
            }
            Console.WriteLine($"{name,-12} mean {table.MetricName} {metrics.Average():0.####}");
        }
    }
}
