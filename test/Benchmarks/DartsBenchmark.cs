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

/// <summary>
/// A step (alphas, then weights) of the DARTS search network for images, beside the same step written in PyTorch (darts_step.py), in turns,
/// each in a process of its own and in the setting that suits it: the time of a step and the peak of resident memory. PyTorch's OpenMP threads
/// wait awake, as they do by default: asleep they make its many small calls several times slower. Ours sleep.
/// </summary>
internal static class DartsBenchmark
{
    private const int Batch = 16, Classes = 10;

    public static void Run(Flags flags)
    {
        if (flags.Optional("order") is { } single)
        {
            Measure(flags, single);
            return;
        }
        var (threads, steps, rounds) = (flags.Optional("threads") ?? 2, flags.Optional("steps") ?? 5, flags.Optional("rounds") ?? 3);
        foreach (var (channels, layers, size, order) in new[] { (8, 5, 28, 1), (8, 5, 28, 2), (16, 8, 32, 1) })
        {
            List<double[]> ours = [], theirs = [];
            for (var round = 0; round < rounds; round++)
            {
                string[] setting = [$"{threads}", $"{steps}", $"{channels}", $"{layers}", $"{size}", $"{order}"];
                ours.Add(Child("PASSIVE", Environment.ProcessPath!, ["darts", .. new[] { "threads", "steps", "channels", "layers", "size", "order" }.Zip(setting).SelectMany(static pair => new[] { $"--{pair.First}", pair.Second })]));
                theirs.Add(Child(null, "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "darts_step.py"), .. setting]));
            }
            var ((our, ourMemory), (their, theirMemory)) = (Medians(ours), Medians(theirs));
            Console.WriteLine(FormattableString.Invariant($"C={channels}, {layers} layers, {size}x{size}, order {order}, {threads} threads: {our:0} ms a step, PyTorch {their:0} ms, ratio {our / their:0.000}; peak {ourMemory:0} MiB, PyTorch {theirMemory:0} MiB (medians of {rounds} rounds in turns)"));
        }
    }

    private static void Measure(Flags flags, int order)
    {
        set_num_threads(flags.Optional("threads") ?? 2);
        manual_seed(1);
        using var scope = NewDisposeScope();
        var size = flags.Optional("size") ?? 28;
        var input = new Shape(3, size, size);
        var space = SearchSpaces.DartsCells(flags.Optional("channels") ?? 8, flags.Optional("layers") ?? 5, exampleInput: input);
        using var supernet = new Supernet(space, input, Classes);
        using var alphas = new SoftmaxRelaxation(space, space.Normalize(new int[space.Decisions.Length]));
        using var weights = new FlatParameters(supernet);
        using var architecture = new FlatParameters(alphas, decaysAll: true);
        using var weightOptimizer = new FlatSgd(weights, momentum: 0.9, weightDecay: 3e-4);
        using var architectureOptimizer = new FlatAdamW(architecture, 1e-3, beta1: 0.5);
        var step = new BilevelStep(supernet, alphas, weights, architecture, new Target(LearningTask.MulticlassClassification, Classes));
        (Tensor, Tensor, Tensor?) training = RandomBatch(size), heldOut = RandomBatch(size);
        if (flags.Text("together", "yes") == "no")
            foreach (var cell in supernet.modules().OfType<SuperCell>()) cell.ComputesTogether = false;
        supernet.train();
        // The first steps are compiled again while they run.
        for (var i = 0; i < (flags.Optional("warmup") ?? 10); i++) Step();
        var times = new List<double>();
        for (var i = 0; i < (flags.Optional("steps") ?? 5); i++)
        {
            var clock = Stopwatch.StartNew();
            Step();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant($"{times[times.Count / 2]} {process.PeakWorkingSet64 / 1048576.0}"));

        void Step()
        {
            using var inner = NewDisposeScope();
            if (order == 2) step.SecondOrderArchitectureGradient(training, heldOut, 0.025);
            else step.ArchitectureGradient(heldOut);
            architectureOptimizer.Step(3e-4);
            step.WeightGradient(training);
            using (no_grad()) GradientClip.Apply(weights.Gradients, 5.0);
            weightOptimizer.Step(0.025);
        }
    }

    private static (Tensor, Tensor, Tensor?) RandomBatch(int size) => (randn(Batch, 3, size, size), randint(0, Classes, [Batch], dtype: ScalarType.Int64), null);

    private static (double Time, double Memory) Medians(List<double[]> rounds) => (Median(rounds, 0), Median(rounds, 1));

    private static double Median(List<double[]> rounds, int column) => rounds.Select(round => round[column]).Order().ElementAt(rounds.Count / 2);

    private static double[] Child(string? waitPolicy, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("OMP_WAIT_POLICY");
        start.Environment.Remove("GOMP_SPINCOUNT");
        if (waitPolicy is not null) start.Environment["OMP_WAIT_POLICY"] = waitPolicy;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed with exit code {process.ExitCode}.");
        return [.. output.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture))];
    }
}
