using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>Writes a trained model as ONNX.</summary>
/// <param name="encoder">The encoder of its features.</param>
/// <param name="keyValues">What the label's keys stand for; null where there are no keys or they stand for themselves.</param>
/// <param name="network">Adds the network's nodes: from encoded rows <c>[N, width]</c> to probabilities or predictions <c>[N, outputs]</c>.</param>
internal sealed class ModelExporter(FeatureEncoder encoder, KeyValues? keyValues, Func<GraphBuilder, GraphValue, GraphValue> network)
{
    /// <summary>The input of <see cref="Inner"/>.</summary>
    public const string FeaturesInput = "Features";

    /// <summary>The output of <see cref="Inner"/>.</summary>
    public const string PredictionOutput = "Prediction";

    /// <summary>The network alone, which ML.NET pipelines score with: encoded rows in, probabilities or predictions out.</summary>
    public OnnxModel Inner()
    {
        var graph = new GraphBuilder("network");
        graph.Output(PredictionOutput, network(graph, graph.Input(FeaturesInput, ElementType.Float, "N", encoder.Width)));
        return graph.Build();
    }

    /// <summary>The whole model: raw columns in, label, score and probability out.</summary>
    public OnnxModel Full(ModelMetadata metadata)
    {
        var graph = new GraphBuilder("model");
        ScoreGraph.Emit(graph, encoder.Plan, keyValues, network(graph, FeatureGraph.Emit(graph, encoder)));
        return graph.Build(metadata);
    }
}
