using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>How long trials train, and how costly the architectures are that get one.</summary>
/// <param name="Epochs">The number of epochs of every trial.</param>
/// <param name="MaxMacs">The most multiply-adds a row that a tried architecture may cost.</param>
/// <remarks>
/// Both are laid out once, from the search time and the measured speed, and stay the same from then on: a search repeated with both
/// numbers does the same trials.
/// </remarks>
internal sealed record TrialPlan(int Epochs, long MaxMacs)
{
    private const int TrialsThatShouldFit = 8;
    private const double LargestShareOfATrial = 0.4;

    /// <summary>Fewer steps rank regularised architectures by how fast they learn, not by how well.</summary>
    private const int LeastSteps = 500;
    private const int LeastEpochs = 5;
    private const int TimedSteps = 4;

    /// <summary>Lays out the trials of a search.</summary>
    /// <param name="options">What the user fixed.</param>
    /// <param name="space">The space.</param>
    /// <param name="problem">The data.</param>
    /// <param name="budget">The time.</param>
    /// <param name="recipe">The final training; no trial is longer.</param>
    public static TrialPlan Create(SearchOptions options, SearchSpace space, SearchProblem problem, SearchBudget budget, TrainingRecipe recipe)
    {
        if (budget.Time is not { } time) return new(options.EpochsPerTrial ?? Math.Max(Math.Min(recipe.Epochs, LeastEpochs), recipe.Epochs / 2), options.MaxMacs ?? long.MaxValue);
        var starts = space.Starts.Select(start => MacsOf(space.Resolve(start), problem)).ToArray();
        var macsPerSecond = MacsPerSecond(space.Resolve(space.Starts[Array.IndexOf(starts, starts.Max())]), problem, recipe, budget);
        double rows = problem.Splits.Sum(static split => split.Train.Count);
        var leastEpochs = Math.Min(recipe.Epochs, (int)Math.Ceiling(LeastSteps * (double)recipe.BatchSize / problem.Splits[0].Train.Count));
        var affordable = time.TotalSeconds / TrialsThatShouldFit * macsPerSecond / (starts.Max() * rows);
        var epochs = options.EpochsPerTrial ?? (int)Math.Clamp(affordable, leastEpochs, recipe.Epochs);
        var maxMacs = options.MaxMacs ?? Math.Max(starts[0], (long)(time.TotalSeconds * LargestShareOfATrial * macsPerSecond / (rows * epochs)));
        return new(epochs, maxMacs);
    }

    /// <summary>Whether an architecture is cheap enough to be tried.</summary>
    public bool Allows(Genotype genotype, SearchSpace space, SearchProblem problem) => MaxMacs == long.MaxValue || MacsOf(space.Resolve(genotype), problem) <= MaxMacs;

    /// <summary>The multiply-adds a row of an architecture with its head.</summary>
    public static long MacsOf(Architecture architecture, SearchProblem problem) =>
        Network.CostOf(architecture, problem.Input, problem.Target.Outputs).Macs;

    /// <summary>How many of a row's multiply-adds are trained through in a second.</summary>
    private static double MacsPerSecond(Architecture architecture, SearchProblem problem, TrainingRecipe recipe, SearchBudget budget)
    {
        var split = problem.Splits[0];
        using var network = new TrainedNetwork(architecture, split);
        using var parameters = new FlatParameters(network.Network);
        using var optimizer = recipe.CreateOptimizer(parameters);
        using var batches = new Batches(split.Train, recipe.BatchSize);
        network.Network.train();
        var (started, steps) = (0L, 0);
        for (; steps <= TimedSteps && (steps < 2 || !budget.IsTimeUp); steps++)
        {
            if (steps == 1) started = budget.Clock.GetTimestamp();
            using var scope = NewDisposeScope();
            var (features, labels, weights) = batches[steps % batches.Count];
            Tensor loss;
            using (Autocast.Use(recipe.Precision)) loss = TaskOutputs.Of(split.Target).Loss(network.Network.call(features), labels, weights);
            loss.backward();
            optimizer.Step(recipe.LearningRate);
        }
        return (double)network.Network.Cost.Macs * (steps - 1) * split.Train.Count / batches.Count / budget.Clock.GetElapsedTime(started).TotalSeconds;
    }
}
