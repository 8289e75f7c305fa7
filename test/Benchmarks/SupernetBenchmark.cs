using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>A DARTS step on the tabular supernet, beside the same step written in PyTorch (supernet_step.py), in turns.</summary>
internal static class SupernetBenchmark
{
    private const int Numbers = 16, Edges = 16, Classes = 26, Batch = 256;

    public static void Run(Flags flags)
    {
        var (steps, rounds) = (flags.Optional("steps") ?? 30, flags.Optional("rounds") ?? 3);
        foreach (var threads in flags.Numbers("threads", "1,2"))
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(Ours(threads, steps));
                if (Theirs(threads, steps) is { } milliseconds) theirs.Add(milliseconds);
            }
            Console.WriteLine(theirs.Count == 0
                ? $"{threads} threads: {Median(ours):0.0} ms a step (PyTorch is not there to compare with)"
                : $"{threads} threads: {Median(ours):0.0} ms a step, PyTorch {Median(theirs):0.0} ms, ratio {Median(ours) / Median(theirs):0.00} (medians of {rounds} rounds of {steps} steps in turns)");
        }
    }

    private static double Ours(int threads, int steps)
    {
        set_num_threads(threads);
        manual_seed(1);
        using var scope = NewDisposeScope();
        var space = SearchSpaces.Tabular();
        ImmutableArray<float> edges = [.. Enumerable.Range(0, Edges).Select(static edge => edge / 4f - 2)];
        var input = new TableShape([.. Enumerable.Repeat(edges, Numbers)], []);
        var target = new Target(LearningTask.MulticlassClassification, Classes);
        using var supernet = new Supernet(space, input, Classes);
        using var alphas = new SoftmaxRelaxation(space, space.Normalize(new int[space.Decisions.Length]));
        using var weights = new FlatParameters(supernet);
        using var architecture = new FlatParameters(alphas, decaysAll: true);
        using var weightOptimizer = new FlatAdamW(weights, 1e-2);
        using var architectureOptimizer = new FlatAdamW(architecture, 1e-3, beta1: 0.5);
        var step = new BilevelStep(supernet, alphas, weights, architecture, target);
        var batch = (randn(Batch, Numbers), randint(0, Classes, [Batch], dtype: ScalarType.Int64), (Tensor?)null);
        supernet.train();
        for (var i = 0; i < 10; i++) Step();
        var times = new List<double>();
        for (var i = 0; i < steps; i++)
        {
            var clock = Stopwatch.StartNew();
            Step();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        return Median(times);

        void Step()
        {
            using var inner = NewDisposeScope();
            step.ArchitectureGradient(batch);
            architectureOptimizer.Step(1e-2);
            step.WeightGradient(batch);
            using (no_grad()) GradientClip.Apply(weights.Gradients, 1.0);
            weightOptimizer.Step(2e-3);
        }
    }

    private static double? Theirs(int threads, int steps)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "supernet_step.py"), $"{threads}", $"{steps}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
