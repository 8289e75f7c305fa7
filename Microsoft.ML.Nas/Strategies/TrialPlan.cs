using System.Diagnostics;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>Decides how many epochs a trial trains: as many as let several trials fit into the search time.</summary>
internal static class TrialPlan
{
    /// <summary>The number of epochs where time does not limit the search.</summary>
    public const int DefaultEpochs = 30;

    private const int LeastEpochs = 5;
    private const int TrialsThatShouldFit = 8;
    private const int TimedSteps = 4;

    /// <summary>Times a few training steps of the costliest start architecture and lays out the epochs of every trial.</summary>
    public static int Epochs(SearchSpace space, SearchProblem problem, SearchBudget budget, TrainingRecipe recipe)
    {
        if (budget.Time is not { } time) return DefaultEpochs;
        var costliest = space.Starts.Select(space.Resolve).MaxBy(architecture => Network.CostOf(architecture.Tree, problem.Input, problem.Target.Outputs).Macs)!;
        var secondsPerStep = SecondsPerStep(costliest, problem, recipe);
        var stepsPerEpoch = problem.Splits.Sum(split => Math.Max(1.0, (double)split.Train.Count / recipe.BatchSize));
        return (int)Math.Clamp(time.TotalSeconds / TrialsThatShouldFit / (secondsPerStep * stepsPerEpoch), LeastEpochs, DefaultEpochs);
    }

    private static double SecondsPerStep(Architecture architecture, SearchProblem problem, TrainingRecipe recipe)
    {
        var split = problem.Splits[0];
        using var network = new TrainedNetwork(architecture, split);
        using var parameters = new FlatParameters(network.Network);
        using var optimizer = new FlatAdamW(parameters, recipe.WeightDecay);
        using var batches = new Batches(split.Train, recipe.BatchSize);
        network.Network.train();
        var clock = new Stopwatch();
        for (var step = 0; step <= TimedSteps; step++)
        {
            if (step == 1) clock.Start();
            using var scope = NewDisposeScope();
            var (features, labels, weights) = batches[step % batches.Count];
            Loss.Of(split.Target, network.Network.call(features), labels, weights).backward();
            optimizer.Step(recipe.LearningRate);
        }
        return clock.Elapsed.TotalSeconds / TimedSteps;
    }
}
