using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What a study is about: all that its trials follow from. A search continues a study only where both are described alike.</summary>
internal static class StudyDescription
{
    private const int Version = 1;
    private const int MostDifferences = 8;

    /// <param name="space">The space.</param>
    /// <param name="data">The data.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="protocol">How architectures are ranked.</param>
    /// <param name="seed">The seed.</param>
    public static JsonObject Create(SearchSpace space, JsonNode? data, SearchStrategy strategy, JsonNode? protocol, int seed) => new()
    {
        ["version"] = Version,
        ["space"] = Of(space),
        ["data"] = data,
        ["strategy"] = Of(strategy),
        ["protocol"] = protocol,
        ["seed"] = seed,
    };

    public static JsonObject Of(SearchSpace space) => new()
    {
        ["name"] = space.Name,
        ["hash"] = space.Hash,
        ["decisions"] = new JsonArray([.. space.Decisions.Select(decision => new JsonObject
        {
            ["name"] = decision.Name,
            ["kind"] = decision.Kind.ToString(),
            ["options"] = new JsonArray([.. decision.Labels.Select(static label => JsonValue.Create(label))]),
            ["condition"] = decision.Condition is { } condition
                ? new JsonObject { ["decision"] = space.Decisions[condition.Decision].Name, ["options"] = new JsonArray([.. condition.Options.Select(option => JsonValue.Create(space.Decisions[condition.Decision].Labels[option]))]) }
                : null,
        })]),
        ["starts"] = new JsonArray([.. space.Starts.Select(static start => JsonValue.Create(start.ToString()))]),
    };

    public static JsonObject Of(SearchStrategy strategy) => new() { ["name"] = strategy.Name, ["settings"] = ObjectDescription.Of(strategy) };

    public static JsonObject Of(DataFingerprint data) => new()
    {
        ["rows"] = data.Rows,
        ["columns"] = JsonSerializer.SerializeToNode(data.Columns, StudyJson.Options),
        ["hash"] = data.Hash,
    };

    /// <summary>The seed that a study was begun with.</summary>
    public static int SeedOf(string description) => JsonNode.Parse(description)!["seed"]!.GetValue<int>();

    /// <summary>Refuses a study that is about something else.</summary>
    /// <param name="recorded">The study's description.</param>
    /// <param name="asked">The description of what is asked for now.</param>
    /// <param name="location">The study.</param>
    /// <exception cref="StudyException">They differ; the message says in what.</exception>
    public static void Check(string recorded, JsonObject asked, string location)
    {
        JsonNode? known;
        try
        {
            known = JsonNode.Parse(recorded);
        }
        catch (JsonException problem)
        {
            throw new StudyException($"The study at {location} is damaged: its description is no JSON. Restore it from a copy, or delete it to begin a new study.", location, problem);
        }
        // Both as text once, so that numbers are compared as they are written.
        var differences = JsonDifferences.Between(known, JsonNode.Parse(asked.ToJsonString(StudyJson.Options))).ToArray();
        if (differences.Length == 0) return;
        var more = differences.Length > MostDifferences ? $"\n- and {differences.Length - MostDifferences} more" : "";
        throw new StudyException(
            $"The study at {location} is about another search:{string.Concat(differences.Take(MostDifferences).Select(static difference => $"\n- {difference}"))}{more}\n"
            + "Ask for the same again, or name another study.", location);
    }
}
