using System.Diagnostics;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Ranks an architecture by training it from fresh weights on every split.</summary>
internal sealed class TrialEvaluator(SearchProblem problem, SearchMetric metric, SearchBudget budget, TrainingRecipe recipe, int seed) : IDisposable
{
    private readonly Dictionary<int, TrainedNetwork> _networks = [];

    /// <summary>The network that the given trial trained on the first split, if it was kept.</summary>
    public TrainedNetwork? NetworkOf(Trial trial) => _networks.GetValueOrDefault(trial.Number);

    /// <summary>Forgets the networks of all trials but one.</summary>
    public void KeepNetworkOf(Trial? best)
    {
        foreach (var number in _networks.Keys.Where(number => number != best?.Number).ToArray())
        {
            _networks[number].Dispose();
            _networks.Remove(number);
        }
    }

    /// <summary>Gives up the network of a trial to the caller, who disposes it.</summary>
    public TrainedNetwork? Take(Trial trial) => _networks.Remove(trial.Number, out var network) ? network : null;

    /// <param name="number">The trial's number; its seed follows from it.</param>
    /// <param name="architecture">What to train.</param>
    /// <param name="origin">Where the architecture came from.</param>
    /// <param name="isFirst">The first trial is cut short where time runs out, since a search must have one; later ones are given up.</param>
    /// <returns>The trial; null where time ran out on the way.</returns>
    public Trial? Evaluate(int number, Architecture architecture, string origin, bool isFirst)
    {
        var clock = Stopwatch.StartNew();
        var outputs = problem.Target.Outputs;
        var cost = Network.CostOf(architecture.Tree, problem.Input, outputs);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(budget.Cancellation);
        if (!isFirst && budget.Remaining is { } remaining) timeout.CancelAfter(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        var (metrics, losses, epochs) = (new List<double>(), new List<double>(), 0);
        try
        {
            foreach (var split in problem.Splits)
            {
                var index = metrics.Count;
                var trialSeed = Seeds.Derive(seed, "trial", number * 1000 + index);
                manual_seed(Seeds.Derive(trialSeed, "weights"));
                var network = new TrainedNetwork(architecture, split);
                var keep = false;
                try
                {
                    var trainer = new Trainer(recipe) { TimeLimit = isFirst ? budget.Remaining / (problem.Splits.Count - index) : null };
                    var result = network.Train(trainer, trialSeed, timeout.Token);
                    var (labels, weights) = split.Validation.Known(split.Target);
                    metrics.Add(Scores.Of(metric, result.Validation!, labels, weights));
                    losses.Add(result.ValidationLoss);
                    epochs += result.Epochs;
                    keep = index == 0;
                    if (keep) _networks[number] = network;
                }
                finally
                {
                    if (!keep) network.Dispose();
                }
            }
        }
        catch (DivergedException problem)
        {
            Forget(number);
            return new(number, architecture, TrialState.Failed, double.NaN, double.NaN, cost, epochs, clock.Elapsed.TotalSeconds, origin, problem.Message);
        }
        catch (OperationCanceledException) when (!budget.Cancellation.IsCancellationRequested)
        {
            Forget(number);
            return null;
        }
        return new(number, architecture, TrialState.Complete, metrics.Average(), losses.Average(), cost, epochs, clock.Elapsed.TotalSeconds, origin);
    }

    public void Dispose() => KeepNetworkOf(null);

    private void Forget(int number)
    {
        if (_networks.Remove(number, out var network)) network.Dispose();
    }
}
