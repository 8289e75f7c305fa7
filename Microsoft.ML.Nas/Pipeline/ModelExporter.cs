using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>Writes a trained model as ONNX.</summary>
/// <param name="encoder">The encoder of its features.</param>
/// <param name="keyValues">What the label's keys stand for; null where there are no keys or they stand for themselves.</param>
/// <param name="network">Adds the network's nodes: from encoded rows <c>[N, dimensions...]</c> to probabilities or predictions, <c>[N, outputs]</c> or <c>[N, tokens, outputs]</c>.</param>
internal sealed class ModelExporter(InputEncoder encoder, KeyValues? keyValues, Func<GraphBuilder, GraphValue, GraphValue> network)
{
    private const string ColumnsProperty = "nas.columns";

    /// <summary>The input of <see cref="Inner"/>.</summary>
    public const string FeaturesInput = "Features";

    /// <summary>The output of <see cref="Inner"/>.</summary>
    public const string PredictionOutput = "Prediction";

    /// <summary>The network alone, which ML.NET pipelines score with: encoded rows in, probabilities or predictions out.</summary>
    public OnnxModel Inner()
    {
        var graph = new GraphBuilder("network");
        graph.Output(PredictionOutput, network(graph, graph.Input(FeaturesInput, ElementType.Float, EncodedShape(encoder))));
        return graph.Build();
    }

    /// <summary>The whole model: raw columns in, label, score and probability out. Its metadata describes the columns and their encoding.</summary>
    public OnnxModel Full(ModelMetadata metadata)
    {
        var graph = new GraphBuilder("model");
        var features = encoder.Emit(graph);
        var taken = encoder.Plan.Features.Select(static column => column.Name).ToHashSet();
        foreach (var (name, value) in ModelAnswers.Of(encoder.Plan.Task, encoder.Plan.Label, keyValues).Emit(graph, network(graph, features))) graph.Output(Free(name, taken), value);
        var description = ModelDescription.Of(encoder, keyValues, features.Name).ToJson();
        return graph.Build(metadata with { Properties = metadata.Properties.Append(new(ColumnsProperty, description)).ToDictionary() });
    }

    /// <summary>Reads back what <see cref="Full"/> wrote.</summary>
    /// <returns>The encoder, what the label's keys stand for, and the network alone.</returns>
    /// <exception cref="InvalidDataException">The model does not describe its columns.</exception>
    public static (InputEncoder Encoder, KeyValues? KeyValues, OnnxModel Network) Read(OnnxModel model)
    {
        if (!model.Metadata.Properties.TryGetValue(ColumnsProperty, out var json))
            throw new InvalidDataException($"The model was written by '{model.Metadata.ProducerName}' and does not describe its columns; only models that {nameof(ArchitectureTransformer)}.{nameof(ArchitectureTransformer.SaveOnnx)} wrote can be read here. ONNX Runtime runs the others.");
        var description = ModelDescription.Parse(json);
        var encoder = description.CreateEncoder();
        // The last output is the network's own: Probability, or the Score of a regression.
        var network = model.Extract([new(description.EncodedRows, ElementType.Float, GraphShape.Create(EncodedShape(encoder)))], model.Outputs[^1].Name);
        return (encoder, description.CreateKeyValues(), network);
    }

    /// <summary>A model that takes texts, from their token ids on: the input keeps the column's name.</summary>
    /// <exception cref="InvalidOperationException">The model takes no texts.</exception>
    public static OnnxModel FromTokenIds(OnnxModel model)
    {
        var description = ModelDescription.Parse(model.Metadata.Properties[ColumnsProperty]);
        if (description.Text is not { } text)
            throw new InvalidOperationException($"The model has no text that becomes token ids; write it with {nameof(ArchitectureTransformer.SaveOnnx)}.");
        return model.Extract([new(TextEncoder.TokenIds, ElementType.Int64, GraphShape.Create(["N", (Dimension)text.Length]))], [.. model.Outputs.Select(static output => output.Name)])
            .RenameInput(TextEncoder.TokenIds, description.Columns[0].Name);
    }

    /// <summary>The name of an output: an underscore at its end where an input has it already.</summary>
    private static string Free(string name, HashSet<string> taken)
    {
        while (!taken.Add(name)) name += "_";
        return name;
    }

    private static Dimension[] EncodedShape(InputEncoder encoder) => ["N", .. encoder.Dimensions.Select(static size => (Dimension)size)];
}
