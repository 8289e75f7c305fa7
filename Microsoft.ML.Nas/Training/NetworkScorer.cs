using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Scores encoded rows with trained networks: the reference that exported graphs are held against.</summary>
internal static class NetworkScorer
{
    /// <param name="networks">The networks; their answers are averaged.</param>
    /// <param name="features">Encoded rows, <c>[rows, ...]</c>.</param>
    /// <returns>Row-major probabilities, or predictions in the label's own unit.</returns>
    public static float[] Score(IReadOnlyList<TrainedNetwork> networks, Tensor features)
    {
        using var scope = NewDisposeScope();
        var input = features.to(networks[0].Network.parameters().First().device);
        return Predictions.Mean([.. networks.Select(network => network.Predict(input))]).Values;
    }
}
