using System.Diagnostics;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// A training step of the residual network of NAS-Bench-201, and a step (alphas, then weights) of the DARTS search network, in every precision that the device
/// trains in, in turns. Of a GPU the time is taken, when all it was given is done; of a CPU all threads' processor time.
/// </summary>
internal static class PrecisionBenchmark
{
    private const int Classes = 10;

    public static void Run(Flags flags)
    {
        var device = torch.device(flags.Text("device", "cpu"));
        if (device.type == DeviceType.CUDA && !cuda.is_available()) throw new ArgumentException("LibTorch finds no CUDA GPU; install its CUDA build, or leave '--device' out.");
        set_num_threads(flags.Optional("threads") ?? 1);
        var onGpu = device.type == DeviceType.CUDA;
        var (steps, rounds, batch) = (flags.Optional("steps") ?? (onGpu ? 20 : 2), flags.Optional("rounds") ?? 5, flags.Optional("batch") ?? (onGpu ? 256 : 16));
        var channels = flags.Optional("channels") ?? 16;
        TrainingPrecision[] precisions = onGpu ? Enum.GetValues<TrainingPrecision>() : [TrainingPrecision.Float32, TrainingPrecision.BFloat16];
        Measure("NAS-Bench-201 residual network", precision => ResidualStep(device, batch, channels, precision));
        Measure("DARTS search network", precision => SearchStep(device, onGpu ? batch / 4 : batch, channels, precision));

        void Measure(string name, Func<TrainingPrecision, Action> create)
        {
            using var scope = NewDisposeScope();
            var all = precisions.Select(precision => (Precision: precision, Step: create(precision), Times: new List<double>())).ToArray();
            // The first steps are compiled again while they run, and cuDNN looks for its fastest kernels.
            foreach (var (_, step, _) in all)
                for (var i = 0; i < steps + 3; i++) step();
            for (var round = 0; round < rounds; round++)
                foreach (var (_, step, times) in all) times.Add(Time(onGpu, step, steps));
            var medians = all.Select(static one => one.Times.Order().ElementAt(one.Times.Count / 2)).ToArray();
            Console.WriteLine($"{name}, {channels} channels, on {device}: " + string.Join(", ", all.Zip(medians, (one, median) =>
                FormattableString.Invariant($"{one.Precision} {median:0.0} ms a step ({median / medians[0]:0.00})"))) + $" (medians of {rounds} rounds of {steps} steps in turns)");
        }
    }

    private static double Time(bool onGpu, Action step, int steps)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < steps; i++) step();
        return (onGpu ? clock.Elapsed : Environment.CpuUsage.TotalTime - before).TotalMilliseconds / steps;
    }

    private static Action ResidualStep(Device device, int rows, int channels, TrainingPrecision precision)
    {
        manual_seed(1);
        var input = new Shape(3, 32, 32);
        var space = SearchSpaces.NasBench201(channels, exampleInput: input);
        var network = ModuleOwnership.Create(() => new Network(space.Resolve(space.Default).Tree, input, Classes), device);
        var parameters = new FlatParameters(network);
        var optimizer = new FlatSgd(parameters, momentum: 0.9, weightDecay: 5e-4, nesterov: true);
        var scale = LossScale.IsNeededFor(precision) ? new LossScale() : null;
        var (images, labels, _) = RandomBatch(device, rows);
        network.train();
        return () =>
        {
            using var scope = NewDisposeScope();
            Tensor loss;
            using (Autocast.Use(precision)) loss = Outputs.Loss(network.call(images), labels, null);
            parameters.Gradients.zero_();
            (scale?.Scaled(loss) ?? loss).backward();
            scale?.Unscale(parameters);
            Step(parameters, optimizer, scale);
        };
    }

    private static Action SearchStep(Device device, int rows, int channels, TrainingPrecision precision)
    {
        manual_seed(1);
        var input = new Shape(3, 32, 32);
        var space = SearchSpaces.DartsCells(channels, exampleInput: input);
        var supernet = ModuleOwnership.Create(() => new Supernet(space, input, Classes), device);
        var alphas = ModuleOwnership.Create(() => new SoftmaxRelaxation(space, space.Default), device);
        var (weights, architecture) = (new FlatParameters(supernet), new FlatParameters(alphas, decaysAll: true));
        var (weightOptimizer, architectureOptimizer) = (new FlatSgd(weights, momentum: 0.9, weightDecay: 3e-4), new FlatAdamW(architecture, 1e-3, beta1: 0.5));
        var scale = LossScale.IsNeededFor(precision) ? new LossScale() : null;
        var step = new BilevelStep(supernet, alphas, weights, architecture, Target) { LossScale = scale };
        var (training, heldOut) = (RandomBatch(device, rows), RandomBatch(device, rows));
        supernet.train();
        return () =>
        {
            using var scope = NewDisposeScope();
            using var low = Autocast.Use(precision);
            step.ArchitectureGradient(heldOut);
            Step(architecture, architectureOptimizer, scale);
            step.WeightGradient(training);
            Step(weights, weightOptimizer, scale);
        };
    }

    private static Target Target { get; } = new(LearningTask.MulticlassClassification, Classes);

    private static TaskOutputs Outputs => TaskOutputs.Of(Target);

    /// <summary>Asks whether gradients are finite, as searches do: the device has then done what it was given.</summary>
    private static void Step(FlatParameters parameters, IFlatOptimizer optimizer, LossScale? scale)
    {
        var areFinite = parameters.AreGradientsFinite;
        scale?.Update(areFinite);
        if (!areFinite) return;
        using (no_grad()) GradientClip.Apply(parameters.Gradients, 5.0);
        optimizer.Step(0.01);
    }

    private static (Tensor, Tensor, Tensor?) RandomBatch(Device device, int rows) =>
        (randn(rows, 3, 32, 32).to(device), randint(0, Classes, [rows], dtype: ScalarType.Int64).to(device), null);
}
