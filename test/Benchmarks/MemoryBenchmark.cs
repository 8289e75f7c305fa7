using System.Diagnostics;

namespace Benchmarks;

/// <summary>The peak of a search's resident memory.</summary>
internal static class MemoryBenchmark
{
    public static void Run(Flags flags)
    {
        var before = Process.GetCurrentProcess().PeakWorkingSet64;
        var outcome = Searches.Run(new RealTable(flags.Text("set", "diamonds")), "default", seed: 1, new() { MaxSearchTimeInSeconds = flags.Number("seconds", 60), Threads = flags.Optional("threads") }, verbose: false);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"peak memory {process.PeakWorkingSet64 / 1e6:0} MB (before the search {before / 1e6:0} MB); {outcome.Trials} trials, {outcome.SupernetEpochs} supernet epochs, {outcome.Seconds:0} s");
    }
}
