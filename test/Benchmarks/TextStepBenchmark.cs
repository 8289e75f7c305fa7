using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Steps (alphas, then weights) of the DARTS search network for texts on the fine-foods reviews: processor time and the peak of resident memory.</summary>
internal static class TextStepBenchmark
{
    public static void Run(Flags flags)
    {
        set_num_threads(flags.Optional("threads") ?? 1);
        var split = Reviews.Split(SearchSpaces.Text());
        using var rows = split.Train;
        var space = SearchSpaces.Text().WithInput(split.Input);
        manual_seed(1);
        using var halves = TrainingHalves.Of(rows, 0.5);
        using var supernet = new Supernet(space, split.Input, split.Target.Outputs);
        using var alphas = new SoftmaxRelaxation(space, space.Normalize(new int[space.Decisions.Length]));
        using var weights = new FlatParameters(supernet);
        using var architecture = new FlatParameters(alphas, decaysAll: true);
        using var weightOptimizer = new FlatAdamW(weights, 1e-2);
        using var architectureOptimizer = new FlatAdamW(architecture, 1e-3, beta1: 0.5);
        using var process = Process.GetCurrentProcess();
        var step = new BilevelStep(supernet, alphas, weights, architecture, split.Target);
        var (size, steps, taken) = (new DartsOptions().BatchSizeFor(rows), flags.Optional("steps"), 0);
        supernet.train();
        var started = process.TotalProcessorTime;
        for (var epoch = 0; steps is null ? epoch == 0 : taken < steps; epoch++)
        {
            using var training = new Batches(halves.Weights, size);
            using var heldOut = new Batches(halves.Architecture, size);
            for (var batch = 0; batch < training.Count && !(taken >= steps); batch++, taken++)
            {
                using var scope = NewDisposeScope();
                step.ArchitectureGradient(heldOut[batch % heldOut.Count]);
                architectureOptimizer.Step(1e-2);
                step.WeightGradient(training[batch]);
                using (no_grad()) GradientClip.Apply(weights.Gradients, 1.0);
                weightOptimizer.Step(2e-3);
            }
        }
        process.Refresh();
        Console.WriteLine(FormattableString.Invariant($"{taken} steps of {size} reviews: {(process.TotalProcessorTime - started).TotalMilliseconds / taken:0} ms of processor time a step, peak {process.PeakWorkingSet64 >> 20} MiB"));
    }
}
