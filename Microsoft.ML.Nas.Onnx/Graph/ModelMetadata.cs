using System.Collections.Immutable;

using Onnx;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>What a model file says about itself.</summary>
public sealed record ModelMetadata
{
    /// <summary>The program that made the model. Default: <c>NasMl</c>.</summary>
    public string ProducerName { get; init; } = "NasMl";

    /// <summary>The version of that program. Default: the version of this library.</summary>
    public string ProducerVersion { get; init; } = typeof(ModelMetadata).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The namespace of the model, in reverse-DNS form. Default: empty.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The version of the model itself. Default: 1.</summary>
    public long ModelVersion { get; init; } = 1;

    /// <summary>Documentation for people. Default: empty.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>Anything else, for example a search's id and the architecture's JSON. Written in ordinal order of the keys. Default: empty.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    internal static ModelMetadata ReadFrom(ModelProto model) => new()
    {
        ProducerName = model.ProducerName,
        ProducerVersion = model.ProducerVersion,
        Domain = model.Domain,
        ModelVersion = model.ModelVersion,
        Documentation = model.DocString,
        Properties = model.MetadataProps.DistinctBy(entry => entry.Key).ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
    };

    internal void WriteTo(ModelProto model)
    {
        model.ProducerName = ProducerName;
        model.ProducerVersion = ProducerVersion;
        model.Domain = Domain;
        model.ModelVersion = ModelVersion;
        model.DocString = Documentation;
        foreach (var (key, value) in Properties.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
