using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Training;

/// <summary>Writes trained networks as ONNX nodes.</summary>
internal static class NetworkExporter
{
    /// <summary>
    /// From encoded rows <c>[N, F]</c> to the averaged probability of the positive class <c>[N, 1]</c>, probabilities <c>[N, classes]</c> or
    /// <c>[N, tokens, classes]</c>, or prediction in the label's own unit <c>[N, 1]</c>: what <see cref="NetworkScorer"/> computes.
    /// </summary>
    public static GraphValue Emit(GraphBuilder graph, IReadOnlyList<TrainedNetwork> networks, GraphValue features)
    {
        var sum = networks.Select(network => TaskOutputs.Of(network.Split.Target).Predict(graph, network.Network.Emit(graph, features), features)).Aggregate(graph.Add);
        return networks.Count == 1 ? sum : graph.Mul(sum, graph.Constant(1f / networks.Count));
    }
}
