using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>A network together with the split that it was trained on, whose encoder its inputs come from.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    /// <summary>Creates the network with fresh weights from the default random generator.</summary>
    public TrainedNetwork(Architecture architecture, DataSplit split)
    {
        Architecture = architecture;
        Split = split;
        Network = ModuleOwnership.Create(() => new Network(architecture.Tree, split.Input, split.Target.Outputs), split.Train.Features.device);
    }

    public Architecture Architecture { get; }

    public DataSplit Split { get; }

    public Network Network { get; }

    /// <summary>How the last training went; null before the first.</summary>
    public TrainingResult? Training { get; private set; }

    public TrainingResult Train(Trainer trainer, int seed, CancellationToken cancellation) =>
        Training = trainer.Train(Network, Split, seed, cancellation);

    /// <summary>Probabilities, or predictions in the label's unit, for encoded rows <c>[rows, ...]</c>.</summary>
    public Predictions Predict(Tensor features) => Predictions.Of(Network, Network.call, Split, features);

    /// <summary>Writes the weights and how they were trained.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var training = Training!;
        writer.Write(training.Epochs);
        writer.Write(training.PlannedEpochs);
        writer.Write(training.BestEpoch);
        writer.Write(training.ValidationLoss);
        writer.Write(training.Seconds);
        Network.save(writer);
    }

    /// <summary>A network as it was saved.</summary>
    public static TrainedNetwork Load(Architecture architecture, DataSplit split, Stream stream)
    {
        var network = new TrainedNetwork(architecture, split);
        try
        {
            using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            var training = new TrainingResult(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), null, reader.ReadDouble());
            network.Network.load(reader);
            network.Network.eval();
            network.Training = training with { Validation = split.Validation.Count > 0 ? network.Predict(split.Validation.Features) : null };
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public void Dispose() => Network.Dispose();
}
