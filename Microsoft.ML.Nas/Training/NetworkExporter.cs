using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Training;

/// <summary>Writes trained networks as ONNX nodes.</summary>
internal static class NetworkExporter
{
    /// <summary>
    /// From encoded rows <c>[N, F]</c> to the averaged probability of the positive class <c>[N, 1]</c>, probabilities <c>[N, classes]</c>, or
    /// prediction in the label's own unit <c>[N, 1]</c>: what <see cref="NetworkScorer"/> computes.
    /// </summary>
    public static GraphValue Emit(GraphBuilder graph, IReadOnlyList<TrainedNetwork> networks, GraphValue features)
    {
        var sum = networks.Select(network => Emit(graph, network, features)).Aggregate(graph.Add);
        return networks.Count == 1 ? sum : graph.Mul(sum, graph.Constant(1f / networks.Count));
    }

    private static GraphValue Emit(GraphBuilder graph, TrainedNetwork network, GraphValue features)
    {
        var target = network.Split.Target;
        var outputs = network.Network.Emit(graph, features);
        return target.Task switch
        {
            LearningTask.BinaryClassification => MeanOfMembers(graph.Sigmoid(outputs)),
            LearningTask.MulticlassClassification => MeanOfMembers(graph.Softmax(outputs, axis: -1)),
            _ => graph.Add(graph.Mul(MeanOfMembers(outputs), graph.Constant(target.Scale)), graph.Constant(target.Mean)),
        };

        GraphValue MeanOfMembers(GraphValue value) => graph.ReduceMean(value, axes: [1], keepDims: false);
    }
}
