using System.Text.Json;
using System.Text.Json.Nodes;

using Microsoft.ML.OnnxRuntime;

namespace ServeOnnx;

/// <summary>What a model says about itself: the answer to GET /.</summary>
internal sealed class ModelInfo(string file, InferenceSession session, IEnumerable<InputColumn> inputs)
{
    public string File { get; } = file;

    public string Producer { get; } = session.ModelMetadata.ProducerName;

    public string Description { get; } = session.ModelMetadata.Description;

    /// <summary>Null where the file has none, for which ONNX Runtime gives the greatest number.</summary>
    public long? Version { get; } = session.ModelMetadata.Version is var version and not long.MaxValue ? version : null;

    public IReadOnlyList<Input> Inputs { get; } = [.. inputs.Select(input => new Input(input.Name, input.Type, input.Shape, input.Expected))];

    public IReadOnlyList<Output> Outputs { get; } =
        [.. session.OutputNames.Select(name => new Output(name, InputColumns.TypeOf(session.OutputMetadata[name]), InputColumns.ShapeOf(session.OutputMetadata[name])))];

    /// <summary>What the exporter wrote into the file, for example the search's id and the architecture.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Metadata { get; } =
        new SortedDictionary<string, JsonNode?>(session.ModelMetadata.CustomMetadataMap.ToDictionary(entry => entry.Key, entry => ToJson(entry.Value)), StringComparer.Ordinal);

    private static JsonNode? ToJson(string text)
    {
        // JSON within a property is shown as JSON, not as a string with every quote escaped.
        if (text.TrimStart() is ['{' or '[', ..])
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // Just text that begins like JSON.
            }
        }

        return JsonValue.Create(text);
    }

    internal sealed record Input(string Name, string Type, IReadOnlyList<object> Shape, string Value);

    internal sealed record Output(string Name, string Type, IReadOnlyList<object> Shape);
}
