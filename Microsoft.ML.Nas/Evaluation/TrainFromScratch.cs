using System.Text.Json;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>
/// Ranks an architecture by training it from fresh weights on every split. A higher fidelity starts anew, since a schedule that has ended
/// cannot be continued.
/// </summary>
/// <remarks>One search's own: it keeps the best trial's network. Torch's random generator belongs to the process, so that trainings take turns.</remarks>
internal sealed class TrainFromScratch(SearchProblem problem, TrainingRecipe recipe, int seed, IStudy study, IReadOnlyList<TrainingSchedule> recorded) : Evaluator, IDisposable
{
    private readonly Dictionary<int, TrainedNetwork> _networks = [];
    private readonly HashSet<int> _saved = [];
    private IReadOnlyList<TrainingSchedule> _firstTrial = [];
    private readonly Dictionary<(DataSplit Split, double Share), DataSplit> _parts = [];

    /// <summary>What a trial of a lower fidelity has less of.</summary>
    public TrialFidelity Fidelity { get; init; } = TrialFidelity.Epochs;

    /// <summary>Tells the time that limits the first trial.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public override string Name => "training from scratch";

    public override double Duration(Architecture architecture, double fidelity) =>
        (double)TrialPlan.MacsOf(Fidelity.StandIn(architecture, fidelity, problem.Input), problem) * Epochs(fidelity) * Fidelity.RowShare(fidelity) * problem.Splits.Sum(static split => split.Train.Count);

    /// <summary>Gives up the network that a trial trained on the first split, if it was kept, to the caller, who disposes it.</summary>
    public TrainedNetwork? Take(Trial trial)
    {
        if (_networks.Remove(trial.Number, out var network)) return network;
        using var saved = study.Checkpoints.OpenRead(NameOf(trial.Number));
        return saved is null ? null : TrainedNetwork.Load(trial.Architecture, problem.Splits[0], saved);
    }

    /// <summary>How long the first trial was trained on each split; asked for after it ended.</summary>
    public IReadOnlyList<TrainingSchedule> FirstTrial() =>
        JsonSerializer.Deserialize<TrainingSchedule[]>(study.Fact("first trial", () => JsonSerializer.Serialize(_firstTrial)))!;

    public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context)
    {
        var cost = CostOf(architecture);
        architecture = Fidelity.StandIn(architecture, context.Fidelity, problem.Input);
        var started = Clock.GetTimestamp();
        var shortened = recipe.WithEpochs(Epochs(context.Fidelity));
        var (metrics, losses, schedules, epochs) = (new List<double>(), new List<double>(), new List<TrainingSchedule>(), 0);
        try
        {
            foreach (var whole in problem.Splits)
            {
                var split = Part(whole, Fidelity.RowShare(context.Fidelity));
                var index = metrics.Count;
                var trialSeed = Seeds.Derive(seed, "trial", context.Number * 1000 + index);
                manual_seed(Seeds.Derive(trialSeed, "weights"));
                var network = new TrainedNetwork(architecture, split);
                var keep = false;
                try
                {
                    var trainer = new Trainer(shortened)
                    {
                        Clock = Clock,
                        Recorded = context.IsFirst ? recorded.ElementAtOrDefault(index) : null,
                        TimeLimit = context.IsFirst ? (context.Remaining - Clock.GetElapsedTime(started)) / (problem.Splits.Count - index) : null,
                        ShouldStop = index > 0 ? null : (epoch, loss, predictions) => context.Report(epoch, ValidationAnswers.Of(split, predictions).Score(context.Metric), loss),
                    };
                    var result = network.Train(trainer, trialSeed, context.Cancellation);
                    metrics.Add(ValidationAnswers.Of(split, result.Validation!).Score(context.Metric));
                    losses.Add(result.ValidationLoss);
                    schedules.Add(new(result.PlannedEpochs, result.Epochs));
                    epochs += result.Epochs;
                    keep = index == 0 && context.Fidelity == 1;
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
        if (context.IsFirst) _firstTrial = schedules;
        return new(metrics.Average(), cost) { Loss = losses.Average(), Epochs = epochs };
    }

    public void Dispose()
    {
        KeepOnly(null);
        foreach (var part in _parts.Values) part.Train.Dispose();
        _parts.Clear();
    }

    internal override Cost CostOf(Architecture architecture) => Network.CostOf(architecture, problem.Input, problem.Target.Outputs);

    internal override void Ending(Trial trial)
    {
        if (trial.Number == 0) FirstTrial();
        if (!_networks.TryGetValue(trial.Number, out var network)) return;
        study.Checkpoints.Save(NameOf(trial.Number), network.Save);
        _saved.Add(trial.Number);
    }

    internal override void Ended(Trial trial, Trial? best)
    {
        KeepOnly(best);
        foreach (var saved in _saved.Where(saved => saved != best?.Number).ToArray())
        {
            study.Checkpoints.Delete(NameOf(saved));
            _saved.Remove(saved);
        }
        // One that an earlier run saved is forgotten too, once it is surpassed.
        if (best is not null) _saved.Add(best.Number);
    }

    private static string NameOf(int trial) => $"trial {trial}";

    private int Epochs(double fidelity) => Math.Max(1, (int)Math.Round(recipe.Epochs * Fidelity.EpochShare(fidelity)));

    /// <summary>A split with the first training rows of an order that depends on the seed alone.</summary>
    private DataSplit Part(DataSplit split, double share)
    {
        if (share == 1) return split;
        if (_parts.TryGetValue((split, share), out var part)) return part;
        var order = Enumerable.Range(0, split.Train.Count).Select(static row => (long)row).ToArray();
        new Random(Seeds.Derive(seed, "rows")).Shuffle(order);
        using var scope = NewDisposeScope();
        var rows = tensor(order[..Math.Max(1, (int)Math.Round(share * order.Length))], device: split.Train.Features.device);
        return _parts[(split, share)] = new DataSplit(split.Input, split.Target, split.Train.Take(rows, split.Train.Augmentation), split.Validation);
    }

    private void KeepOnly(Trial? best)
    {
        foreach (var number in _networks.Keys.Where(number => number != best?.Number).ToArray())
        {
            _networks[number].Dispose();
            _networks.Remove(number);
        }
    }
}
