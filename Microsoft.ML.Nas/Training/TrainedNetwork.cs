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
    public Predictions Predict(Tensor features) => Predictions.Of(Network, Network.call, Split.Target, features);

    public void Dispose() => Network.Dispose();
}
