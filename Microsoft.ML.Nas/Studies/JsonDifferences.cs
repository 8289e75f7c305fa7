using System.Text.Json.Nodes;

namespace Microsoft.ML.Nas.Studies;

/// <summary>Says in words how two JSON documents differ. Entries of lists that have names are told apart by them.</summary>
internal static class JsonDifferences
{
    private const int LongestValue = 80;

    /// <param name="recorded">What the study holds.</param>
    /// <param name="asked">What is asked for now.</param>
    public static IEnumerable<string> Between(JsonNode? recorded, JsonNode? asked) => Between("", recorded, asked);

    private static IEnumerable<string> Between(string path, JsonNode? recorded, JsonNode? asked) => (recorded, asked) switch
    {
        (JsonObject left, JsonObject right) => Objects(path, left, right),
        (JsonArray left, JsonArray right) when AreNamed(left) && AreNamed(right) => Named(path, left, right),
        _ when JsonNode.DeepEquals(recorded, asked) => [],
        _ when path.EndsWith(" hash", StringComparison.Ordinal) => [$"{path[..^5]} has other content than in the study"],
        _ => [$"{path} is {Show(recorded)} in the study and {Show(asked)} now"],
    };

    private static IEnumerable<string> Objects(string path, JsonObject left, JsonObject right)
    {
        var differences = left.Select(static pair => pair.Key).Union(right.Select(static pair => pair.Key))
            .SelectMany(key => Between(path.Length == 0 ? key : $"{path} {key}", left[key], right[key])).ToArray();
        // A hash only says that there is a difference; where its parts say which, it says nothing more.
        var hash = $"{path} has other content than in the study";
        return differences.Length > 1 ? differences.Where(difference => difference != hash) : differences;
    }

    private static IEnumerable<string> Named(string path, JsonArray left, JsonArray right)
    {
        var (recorded, asked) = (ByName(left), ByName(right));
        foreach (var name in recorded.Keys.Except(asked.Keys)) yield return $"{path} '{name}' is in the study and not asked for now";
        foreach (var name in asked.Keys.Except(recorded.Keys)) yield return $"{path} '{name}' is asked for now and not in the study";
        foreach (var (name, entry) in recorded)
            if (asked.TryGetValue(name, out var other))
                foreach (var difference in Between($"{path} '{name}'", entry, other)) yield return difference;
        var common = recorded.Keys.Where(asked.ContainsKey).ToArray();
        if (!common.SequenceEqual(asked.Keys.Where(recorded.ContainsKey))) yield return $"{path} are in another order than in the study";
    }

    private static bool AreNamed(JsonArray array) => array.All(static entry => entry is JsonObject named && named["name"] is JsonValue) && array.DistinctBy(static entry => entry!["name"]!.ToString()).Count() == array.Count;

    private static Dictionary<string, JsonNode> ByName(JsonArray array) => array.ToDictionary(static entry => entry!["name"]!.ToString(), static entry => entry!);

    private static string Show(JsonNode? value)
    {
        var text = value?.ToJsonString(StudyJson.Options) ?? "nothing";
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
    }
}
