using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>The end of a search: what it chose is trained in full, measured, and trained once more on all rows where that is wanted.</summary>
/// <param name="context">What was searched.</param>
/// <param name="options">How long to train.</param>
/// <param name="recipe">The recipe of trials, which full training follows for longer.</param>
/// <param name="evaluator">Holds the networks of the best trials.</param>
/// <param name="report">Takes the share of the phase that is done, and a sentence.</param>
internal sealed class FinalPhase(SearchContext context, SearchOptions options, TrainingRecipe recipe, TrainFromScratch evaluator, Action<double, string> report)
{
    private readonly SearchProblem _problem = context.Problem!;
    private readonly TrainingRecipe _recipe = options.MaxTrainingEpochs is { } epochs ? recipe.WithEpochs(epochs) : recipe;
    private readonly TimeSpan? _limit = options.MaxTrainingTimeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : context.Budget.Time;
    private readonly List<TrainingSchedule?> _trainings = [];
    private readonly IReadOnlyList<TrainingSchedule?> _recorded = options.Replay?.FinalTrainings ?? [];
    private readonly Func<DataSplit>? _allRows = options.Replay?.IsRefitted == false ? null : context.Problem!.AllRows;

    /// <exception cref="OperationCanceledException">Cancelled, and no trial left a network.</exception>
    /// <exception cref="DivergedException">The first training diverged, and no trial left a network.</exception>
    public FinalNetworks Run(IReadOnlyList<Trial> chosen)
    {
        var (position, trainings) = (0, chosen.Count * (_allRows is null ? 1 : 2));
        var training = new FinalTraining(_recipe, _limit, context.Seed, _recorded, (epoch, planned) =>
            report((position + (double)epoch / planned) / trainings, $"Final training {position + 1} of {trainings}: epoch {epoch} of {planned}"), options.Clock);
        var networks = new List<TrainedNetwork>();
        for (; position < chosen.Count; position++) Train(training, chosen[position], position, networks);
        var validation = Validation(networks);
        var robustness = MeasureRobustness(networks, validation);
        var final = _allRows is null ? networks : Refit(training, networks, _allRows, refitted => position = chosen.Count + refitted);
        return new(final, IsRefitted: final != networks, _trainings, validation, robustness);
    }

    private void Train(FinalTraining training, Trial chosen, int position, List<TrainedNetwork> networks)
    {
        var trained = evaluator.Take(chosen);
        _trainings.Add(null);
        try
        {
            if (position < _recorded.Count && _recorded[position] is null && DoWithout()) return;
            var final = training.Run(chosen.Architecture, _problem.Splits[0], position, options.CancellationToken);
            _trainings[position] = new(final.Training!.PlannedEpochs, final.Training.Epochs);
            networks.Add(Better(final, trained));
        }
        catch (Exception problem) when (problem is DivergedException || Cancelled(problem))
        {
            if (!DoWithout()) throw;
        }

        // What the search itself trained stands in for a training that did not end; at least the best trial's network is there.
        bool DoWithout()
        {
            if ((trained ?? (networks.Count == 0 && context.Best is { } best ? evaluator.Take(best) : null)) is { } standIn) networks.Add(standIn);
            return networks.Count > 0;
        }
    }

    private RobustnessReport? MeasureRobustness(List<TrainedNetwork> networks, ValidationAnswers validation)
    {
        if (_problem.Robustness is not { } probe) return null;
        var (done, all) = (0, probe.Trainings * networks.Count);
        var training = new FinalTraining(_recipe, _limit, context.Seed, [], (epoch, planned) =>
            report((done + (double)epoch / planned) / all, $"Robustness, training {done + 1} of {all}: epoch {epoch} of {planned}"), options.Clock);
        return probe.Measure(networks, validation, context.Metric, (architecture, split, index) =>
        {
            var network = training.Run(architecture, split, index, options.CancellationToken);
            done++;
            return network;
        }, options.CancellationToken);
    }

    /// <summary>All networks trained once more on all rows, or none: they share one encoder.</summary>
    private List<TrainedNetwork> Refit(FinalTraining training, List<TrainedNetwork> networks, Func<DataSplit> allRows, Action<int> starting)
    {
        var refitted = new List<TrainedNetwork>();
        try
        {
            using var rows = allRows();
            foreach (var network in networks)
            {
                starting(refitted.Count);
                refitted.Add(training.Refit(network, rows, refitted.Count, options.CancellationToken));
            }
        }
        catch (Exception problem) when (problem is DivergedException || Cancelled(problem))
        {
            foreach (var network in refitted) network.Dispose();
            return networks;
        }
        foreach (var network in networks) network.Dispose();
        return refitted;
    }

    /// <summary>The final network, unless the trial's own is better on the same validation rows.</summary>
    private TrainedNetwork Better(TrainedNetwork final, TrainedNetwork? trial)
    {
        if (trial is null) return final;
        var keepsTrial = trial.Training!.ValidationLoss < final.Training!.ValidationLoss
            && context.Metric.AsReward(MetricOf(trial)) > context.Metric.AsReward(MetricOf(final));
        (keepsTrial ? final : trial).Dispose();
        return keepsTrial ? trial : final;
    }

    private double MetricOf(TrainedNetwork network) => ValidationAnswers.Of(network.Split, network.Training!.Validation!).Score(context.Metric);

    private ValidationAnswers Validation(List<TrainedNetwork> networks)
    {
        var split = _problem.Splits[0];
        return ValidationAnswers.Of(split, Predictions.Mean([.. networks.Select(network => network.Predict(split.Validation.Features))]));
    }

    private bool Cancelled(Exception problem) => problem is OperationCanceledException && options.CancellationToken.IsCancellationRequested;
}
