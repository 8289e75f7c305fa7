using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>The one training loop: of trials, of final networks.</summary>
internal sealed class Trainer(TrainingRecipe recipe)
{
    /// <summary>Called after every epoch with its number, the planned number and the validation loss.</summary>
    public Action<int, int, double>? EpochEnded { get; init; }

    /// <summary>Asked after every epoch that has validation rows, with its number, the validation loss and the predictions: whether to stop.</summary>
    public Func<int, double, Predictions, bool>? ShouldStop { get; init; }

    /// <summary>
    /// Training ends here, with the best weights so far; the schedule is laid out to fit after the first epoch was timed. The first epoch is always
    /// ended. Where there are validation rows, a later one that the limit cuts short does not count, so that the training can be repeated; where
    /// there are none, it is ended too.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Whether losses are scaled before they are differentiated. Default: where the recipe's precision needs that.</summary>
    public bool ScalesLosses { get; init; } = LossScale.IsNeededFor(recipe.Precision);

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The schedule that an earlier training came to, whatever limited it: this one trains exactly as that one did. Null where there was none.</summary>
    public TrainingSchedule? Recorded { get; init; }

    /// <summary>Trains a network in place; it ends with its best epoch's weights, in eval mode.</summary>
    /// <param name="network">From <c>[batch, ...]</c> to <c>[batch, members, outputs]</c>.</param>
    /// <param name="split">The rows; without validation rows all planned epochs are trained and the last weights are kept.</param>
    /// <param name="seed">Seeds the order of rows and dropout.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="DivergedException">A loss or a prediction is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrainingResult Train(Module<Tensor, Tensor> network, DataSplit split, int seed, CancellationToken cancellation)
    {
        var started = Clock.GetTimestamp();
        manual_seed(seed);
        using var parameters = new FlatParameters(network);
        using var optimizer = recipe.CreateOptimizer(parameters);
        using var best = new Snapshot(network, parameters);
        var scale = ScalesLosses ? new LossScale() : null;
        var validates = split.Validation.Count > 0;
        var (bestEpoch, bestLoss, bestPredictions) = (0, double.PositiveInfinity, (Predictions?)null);
        var planned = recipe.Epochs;
        var epoch = 0;
        using var deadline = new Deadline(TimeLimit, Clock, cancellation);
        while (epoch < planned)
        {
            epoch++;
            var (validationLoss, stop) = (double.NaN, false);
            Predictions? predictions;
            try
            {
                var token = epoch > 1 && validates ? deadline.Token : cancellation;
                TrainEpoch(network, parameters, optimizer, scale, split, epoch, planned, token);
                predictions = validates ? Predictions.Of(network, network.call, split, split.Validation.Features, token) : null;
            }
            catch (OperationCanceledException) when (deadline.IsOver)
            {
                epoch--;
                break;
            }
            if (predictions is not null)
            {
                validationLoss = ValidationLoss.Of(split, predictions);
                if (!double.IsFinite(validationLoss)) throw new DivergedException(epoch);
                if (validationLoss < bestLoss)
                {
                    (bestEpoch, bestLoss, bestPredictions) = (epoch, validationLoss, predictions);
                    best.Take();
                }
                stop = ShouldStop?.Invoke(epoch, validationLoss, predictions) == true;
            }
            // An epoch ends with its validation: a schedule that left that out would be cut off before the learning rate has fallen.
            if (epoch == 1 && TimeLimit is { } limit)
                planned = Math.Min(planned, Math.Max(1, (int)(limit / Clock.GetElapsedTime(started))));
            if (epoch == 1 && Recorded is { } recorded) planned = Math.Min(planned, recorded.PlannedEpochs);
            EpochEnded?.Invoke(epoch, planned, validationLoss);
            if (stop || (validates && epoch - bestEpoch >= recipe.Patience)) break;
            if ((TimeLimit is { } end && Clock.GetElapsedTime(started) >= end) || epoch >= Recorded?.Epochs) break;
        }
        if (validates) best.Restore();
        else bestEpoch = epoch;
        network.eval();
        return new(epoch, planned, bestEpoch, bestLoss, bestPredictions, Clock.GetElapsedTime(started).TotalSeconds);
    }

    private void TrainEpoch(Module<Tensor, Tensor> network, FlatParameters parameters, IFlatOptimizer optimizer, LossScale? scale, DataSplit split, int epoch, int planned, CancellationToken cancellation)
    {
        network.train();
        foreach (var cell in network.modules().OfType<CellModule>()) cell.Progress = (epoch - 1.0) / planned;
        using var epochScope = NewDisposeScope();
        using var batches = new Batches(split.Train, recipe.BatchSize);
        var sum = zeros(1, device: split.Train.Features.device);
        for (var step = 0; step < batches.Count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (features, labels, weights) = batches[step];
            Tensor loss;
            using (Autocast.Use(recipe.Precision)) loss = TaskOutputs.Of(split.Target).Loss(network.call(features), labels, weights, recipe.LabelSmoothing);
            parameters.Gradients.zero_();
            (scale?.Scaled(loss) ?? loss).backward();
            if (scale is not null && !Takes(scale, parameters, epoch)) continue;
            using (no_grad())
            {
                GradientClip.Apply(parameters.Gradients, recipe.GradientClip);
                sum.add_(loss, Scalars.One);
            }
            optimizer.Step(RateAt(epoch, step, batches.Count, planned));
        }
        if (!float.IsFinite(sum.item<float>())) throw new DivergedException(epoch);
    }

    /// <summary>Whether a step is taken: one whose gradients overflowed is left out.</summary>
    private static bool Takes(LossScale scale, FlatParameters parameters, int epoch)
    {
        scale.Unscale(parameters);
        var areFinite = parameters.AreGradientsFinite;
        scale.Update(areFinite);
        return scale.IsExhausted ? throw new DivergedException(epoch, "gradients are, at any scale of the loss,") : areFinite;
    }

    private double RateAt(int epoch, int step, int steps, int planned)
    {
        var done = epoch - 1 + (step + 1.0) / steps;
        var warmup = Math.Min(recipe.WarmupEpochs, planned);
        return done <= warmup ? recipe.LearningRate * done / warmup : recipe.CosineRate((done - warmup) / Math.Max(1, planned - warmup));
    }
}
