using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Trains a found architecture from fresh weights, at full length.</summary>
/// <param name="recipe">The full training.</param>
/// <param name="timeLimit">The time that one training may take.</param>
/// <param name="seed">The seed; each network's follows from it.</param>
/// <param name="epochEnded">Called after every epoch with its number and the planned number.</param>
internal sealed class FinalTraining(TrainingRecipe recipe, TimeSpan? timeLimit, int seed, Action<int, int> epochEnded)
{
    /// <param name="architecture">What to train.</param>
    /// <param name="split">The rows; their validation part decides when to stop.</param>
    /// <param name="allRows">Where given, the network is trained once more on this split's training rows, for the epochs that early stopping found.</param>
    /// <param name="index">The network's position in the ensemble.</param>
    /// <param name="cancellation">Ends the training.</param>
    public TrainedNetwork Run(Architecture architecture, DataSplit split, DataSplit? allRows, int index, CancellationToken cancellation)
    {
        var found = Train(architecture, split, recipe, index, timeLimit, ignoresValidation: false, cancellation);
        if (allRows is null) return found;
        using (found)
        {
            var training = found.Training!;
            // The schedule that led to the best epoch, cut off there.
            return Train(architecture, allRows, recipe with { Epochs = training.BestEpoch }, index, null, ignoresValidation: true, cancellation);
        }
    }

    private TrainedNetwork Train(Architecture architecture, DataSplit split, TrainingRecipe recipe, int index, TimeSpan? limit, bool ignoresValidation, CancellationToken cancellation)
    {
        var networkSeed = Seeds.Derive(seed, "final training", index);
        manual_seed(Seeds.Derive(networkSeed, "weights"));
        var network = new TrainedNetwork(architecture, split);
        try
        {
            var trainer = new Trainer(recipe) { TimeLimit = limit, IgnoresValidation = ignoresValidation, EpochEnded = (epoch, planned, _) => epochEnded(epoch, planned) };
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
