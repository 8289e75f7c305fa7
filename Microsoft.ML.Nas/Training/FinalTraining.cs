using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Trains a found architecture from fresh weights, at full length.</summary>
/// <param name="recipe">The full training.</param>
/// <param name="timeLimit">The time that one training may take.</param>
/// <param name="seed">The seed; each network's follows from it.</param>
/// <param name="recorded">The schedules of an earlier search's final trainings, which are repeated; empty where there was none.</param>
/// <param name="epochEnded">Called after every epoch with its number and the planned number.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class FinalTraining(TrainingRecipe recipe, TimeSpan? timeLimit, int seed, IReadOnlyList<TrainingSchedule?> recorded, Action<int, int> epochEnded, TimeProvider clock)
{
    /// <summary>Trains with early stopping on the split's validation rows.</summary>
    /// <param name="architecture">What to train.</param>
    /// <param name="split">The rows.</param>
    /// <param name="index">The network's position in the ensemble.</param>
    /// <param name="cancellation">Ends the training.</param>
    public TrainedNetwork Run(Architecture architecture, DataSplit split, int index, CancellationToken cancellation) =>
        Train(architecture, split, recipe, index, timeLimit, recorded.ElementAtOrDefault(index), cancellation);

    /// <summary>
    /// Trains once more, on all rows: for the epochs that early stopping kept, or for all planned where it did not stop the training. The last
    /// weights are kept, at the end of the learning rate's schedule.
    /// </summary>
    public TrainedNetwork Refit(TrainedNetwork found, DataSplit allRows, int index, CancellationToken cancellation) =>
        Train(found.Architecture, allRows, recipe.WithEpochs(found.Training!.Epochs < found.Training.PlannedEpochs ? found.Training.BestEpoch : found.Training.PlannedEpochs), index, null, null, cancellation);

    private TrainedNetwork Train(Architecture architecture, DataSplit split, TrainingRecipe recipe, int index, TimeSpan? limit, TrainingSchedule? schedule, CancellationToken cancellation)
    {
        var networkSeed = Seeds.Derive(seed, "final training", index);
        manual_seed(Seeds.Derive(networkSeed, "weights"));
        var network = new TrainedNetwork(architecture, split);
        try
        {
            var trainer = new Trainer(recipe) { Clock = clock, TimeLimit = limit, Recorded = schedule, EpochEnded = (epoch, planned, _) => epochEnded(epoch, planned) };
            network.Train(trainer, networkSeed, cancellation);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
