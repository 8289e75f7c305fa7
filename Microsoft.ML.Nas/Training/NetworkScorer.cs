using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>Scores encoded rows with trained networks: the reference that exported graphs are held against.</summary>
internal static class NetworkScorer
{
    /// <param name="networks">The networks; their answers are averaged.</param>
    /// <param name="features">Encoded rows, row-major.</param>
    /// <param name="rows">The number of rows.</param>
    /// <returns>Row-major probabilities, or predictions in the label's own unit.</returns>
    public static float[] Score(IReadOnlyList<TrainedNetwork> networks, float[] features, int rows)
    {
        using var scope = NewDisposeScope();
        var input = tensor(features, [rows, features.Length / rows], device: networks[0].Network.parameters().First().device);
        return Predictions.Mean([.. networks.Select(network => network.Predict(input))]).Values;
    }
}
