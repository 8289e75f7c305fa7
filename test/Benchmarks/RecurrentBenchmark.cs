using System.Diagnostics;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Operations.Recurrent;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Recurrent layers in both directions as one operation and as LibTorch's layers, forward and backward in turns: medians of wall-clock and processor time.</summary>
internal static class RecurrentBenchmark
{
    private const int Batch = 32, Units = 64;

    public static void Run(Flags flags)
    {
        foreach (var threads in flags.Numbers("threads", "1,2"))
        {
            set_num_threads(threads);
            foreach (RecurrentLayer layer in new RecurrentLayer[] { new Gru(Units, IsBidirectional: true), new Lstm(Units, IsBidirectional: true) })
                foreach (var steps in flags.Numbers("steps", "32,96"))
                    foreach (var features in flags.Numbers("features", "64,128")) Measure(layer, steps, features, threads, flags.Optional("rounds") ?? 7);
        }
    }

    private static void Measure(RecurrentLayer layer, int steps, int features, int threads, int rounds)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var module = (RecurrentModule)layer.CreateModule(new SequenceShape(steps, features));
        var input = randn(Batch, steps, features).requires_grad_();
        var (own, library) = (new List<(double Wall, double Processor)>(), new List<(double Wall, double Processor)>());
        for (var round = -1; round < rounds; round++)
        {
            var times = (Time(together: true), Time(together: false));
            if (round < 0) continue;
            own.Add(times.Item1);
            library.Add(times.Item2);
        }
        var (ours, theirs) = (Median(own), Median(library));
        Console.WriteLine(FormattableString.Invariant(
            $"{layer.Name,-5} {steps,3} steps, {features,3} features, {threads} threads: {ours.Wall:0.00} ms (processor {ours.Processor:0.00}), LibTorch's {theirs.Wall:0.00} ms ({theirs.Processor:0.00}): {theirs.Wall / ours.Wall:0.00} times as fast ({theirs.Processor / ours.Processor:0.00})"));

        (double Wall, double Processor) Time(bool together)
        {
            module.ComputesTogether = together;
            const int Repeats = 5;
            using var process = Process.GetCurrentProcess();
            var (started, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                using var step = NewDisposeScope();
                module.call(input).square().sum().backward();
            }
            process.Refresh();
            return (Stopwatch.GetElapsedTime(started).TotalMilliseconds / Repeats, (process.TotalProcessorTime - processor).TotalMilliseconds / Repeats);
        }
    }

    private static (double Wall, double Processor) Median(List<(double Wall, double Processor)> times) =>
        (times.Select(static time => time.Wall).Order().ElementAt(times.Count / 2), times.Select(static time => time.Processor).Order().ElementAt(times.Count / 2));
}
