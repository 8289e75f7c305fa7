using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>Models that need no training: their network is one linear layer with known weights.</summary>
internal static class TestModels
{
    /// <summary>A model whose encoder is fitted on a view.</summary>
    public static ArchitectureTransformer Create(IDataView training, SearchOptions? options = null, int batchSize = ScoringModel.DefaultBatchSize) =>
        Create(training, out _, options, batchSize);

    public static ArchitectureTransformer Create(IDataView training, out FeatureEncoder encoder, SearchOptions? options = null, int batchSize = ScoringModel.DefaultBatchSize)
    {
        var fitted = encoder = training.Read(options).FitEncoder();
        var label = encoder.Plan.Label;
        var keyValues = label.IsKey ? KeyValues.Of(training.Schema[label.Name]) : null;
        var exporter = new ModelExporter(encoder, keyValues, (graph, features) => Network(graph, fitted, features));
        return new(new ScoringModel(encoder, keyValues, exporter.Inner(), threads: 1, batchSize), exporter.Full(new()));
    }

    /// <summary>What the network gives for one encoded row.</summary>
    public static double[] Expected(FeatureEncoder encoder, ReadOnlySpan<float> row)
    {
        var (outputs, features) = (Outputs(encoder), row.ToArray());
        var sums = Enumerable.Range(0, outputs).Select(output => features.Select((value, feature) => value * (double)Weight(feature, output)).Sum()).ToArray();
        return encoder.Plan.Task switch
        {
            LearningTask.BinaryClassification => [1 / (1 + Math.Exp(-sums[0]))],
            LearningTask.MulticlassClassification => [.. sums.Select(sum => Math.Exp(sum) / sums.Sum(Math.Exp))],
            _ => [100 + 10 * sums[0]],
        };
    }

    /// <summary>The network itself.</summary>
    public static GraphValue Network(GraphBuilder graph, FeatureEncoder encoder, GraphValue features)
    {
        var (inputs, outputs) = (encoder.Width, Outputs(encoder));
        var weights = Enumerable.Range(0, inputs).SelectMany(feature => Enumerable.Range(0, outputs).Select(output => Weight(feature, output))).ToArray();
        var sums = graph.MatMul(features, graph.Constant(weights, inputs, outputs));
        return encoder.Plan.Task switch
        {
            LearningTask.BinaryClassification => graph.Sigmoid(sums),
            LearningTask.MulticlassClassification => graph.Softmax(sums),
            _ => graph.Add(graph.Mul(sums, graph.Constant(10f)), graph.Constant(100f)),
        };
    }

    private static int Outputs(FeatureEncoder encoder) => encoder.Plan.Task == LearningTask.MulticlassClassification ? encoder.Plan.Label.Classes : 1;

    private static float Weight(int feature, int output) => MathF.Sin(1 + feature + 3 * output);
}
