using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>
/// Ranks an architecture by training it from fresh weights on every split. A fidelity below 1 is a share of the epochs, with a schedule of
/// its own; a higher fidelity starts anew, since a schedule that has ended cannot be continued.
/// </summary>
/// <remarks>One search's own: it keeps the best trial's network. Torch's random generator belongs to the process, so that trainings take turns.</remarks>
internal sealed class TrainFromScratch(SearchProblem problem, TrainingRecipe recipe, int seed) : Evaluator, IDisposable
{
    private readonly Dictionary<int, TrainedNetwork> _networks = [];

    public override string Name => "training from scratch";

    public override double Duration(Architecture architecture, double fidelity) =>
        (double)TrialPlan.MacsOf(architecture, problem) * Epochs(fidelity) * problem.Splits.Sum(static split => split.Train.Count);

    /// <summary>Gives up the network that a trial trained on the first split, if it was kept, to the caller, who disposes it.</summary>
    public TrainedNetwork? Take(Trial trial) => _networks.Remove(trial.Number, out var network) ? network : null;

    public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context)
    {
        var cost = Network.CostOf(architecture.Tree, problem.Input, problem.Target.Outputs);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var shortened = recipe.WithEpochs(Epochs(context.Fidelity));
        var (metrics, losses, epochs) = (new List<double>(), new List<double>(), 0);
        try
        {
            foreach (var split in problem.Splits)
            {
                var index = metrics.Count;
                var trialSeed = Seeds.Derive(seed, "trial", context.Number * 1000 + index);
                manual_seed(Seeds.Derive(trialSeed, "weights"));
                var network = new TrainedNetwork(architecture, split);
                var keep = false;
                try
                {
                    var (labels, weights) = split.Validation.Known(split.Target);
                    var trainer = new Trainer(shortened)
                    {
                        TimeLimit = context.IsFirst ? (context.Remaining - clock.Elapsed) / (problem.Splits.Count - index) : null,
                        ShouldStop = index > 0 ? null : (epoch, loss, predictions) => context.Report(epoch, Scores.Of(context.Metric, predictions, labels, weights), loss),
                    };
                    var result = network.Train(trainer, trialSeed, context.Cancellation);
                    metrics.Add(Scores.Of(context.Metric, result.Validation!, labels, weights));
                    losses.Add(result.ValidationLoss);
                    epochs += result.Epochs;
                    keep = index == 0;
                    if (keep) _networks[context.Number] = network;
                    if (context.WasPruned) break;
                }
                finally
                {
                    if (!keep) network.Dispose();
                }
            }
        }
        catch (Exception problem) when (problem is DivergedException or OperationCanceledException)
        {
            if (_networks.Remove(context.Number, out var network)) network.Dispose();
            if (problem is OperationCanceledException) throw;
            return EvaluationResult.Failed(problem.Message, cost) with { Epochs = epochs };
        }
        return new(metrics.Average(), cost) { Loss = losses.Average(), Epochs = epochs };
    }

    public void Dispose() => KeepOnly(null);

    internal override void Ended(Trial trial, Trial? best) => KeepOnly(best);

    private int Epochs(double fidelity) => Math.Max(1, (int)Math.Round(recipe.Epochs * fidelity));

    private void KeepOnly(Trial? best)
    {
        foreach (var number in _networks.Keys.Where(number => number != best?.Number).ToArray())
        {
            _networks[number].Dispose();
            _networks.Remove(number);
        }
    }
}
