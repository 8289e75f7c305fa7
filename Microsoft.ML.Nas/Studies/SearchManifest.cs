using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas;

/// <summary>
/// What a search was, on what it ran, and what it came to, as the field's checklists ask (Lindauer and Hutter 2020, "Best practices for
/// scientific research on neural architecture search"): enough for others to repeat it and to judge it. docs/studies.md describes the JSON.
/// </summary>
public sealed class SearchManifest
{
    internal const string Format = "nasml-manifest";
    internal const int Version = 1;

    private readonly JsonObject _json;

    internal SearchManifest(JsonObject json) => _json = json;

    /// <summary>The search's id.</summary>
    public string SearchId => _json["searchId"]!.GetValue<string>();

    /// <summary>The seed.</summary>
    public int Seed => _json["seed"]!.GetValue<int>();

    /// <summary>The ids of the architectures found, best first.</summary>
    public IReadOnlyList<string> ArchitectureIds => [.. _json["found"]!["architectures"]!.AsArray().Select(static architecture => architecture!["id"]!.GetValue<string>())];

    /// <summary>What was measured on the found model and recorded with <see cref="Record"/>, by name: metrics on test rows, for one.</summary>
    public IReadOnlyDictionary<string, double> Measurements => (_json["measurements"] as JsonObject ?? []).ToDictionary(static pair => pair.Key, static pair => Value(pair.Value));

    /// <summary>Adds a measurement on the found model, so that who repeats the search can compare it to the last digit.</summary>
    /// <param name="name">What was measured, on what.</param>
    /// <param name="value">What it came to.</param>
    public void Record(string name, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_json["measurements"] is not JsonObject measurements) _json["measurements"] = measurements = [];
        measurements[name] = Number(value);
    }

    /// <summary>The manifest as indented JSON.</summary>
    public string ToJson() => _json.ToJsonString(StudyJson.Indented);

    /// <summary>Writes the manifest.</summary>
    /// <param name="path">Where to write; a file that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => File.WriteAllText(path, ToJson());

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is no manifest, or a newer one than this version can read.</exception>
    public static SearchManifest Load(string path)
    {
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException problem)
        {
            throw new FormatException($"'{path}' is no JSON: {problem.Message}", problem);
        }
        if (json is not JsonObject manifest || manifest["format"]?.ToString() != Format) throw new FormatException($"'{path}' is no manifest of a search: its \"format\" is not \"{Format}\".");
        if (manifest["version"] is not JsonValue version || !version.TryGetValue(out int number) || number < 1) throw new FormatException($"'{path}' is a manifest without a version.");
        if (number > Version) throw new FormatException($"'{path}' is a manifest of version {number}; this version of NasMl reads up to {Version}. Update NasMl.");
        foreach (var part in (string[])["searchId", "seed", "space", "strategy", "options", "reached", "found"])
            if (manifest[part] is null) throw new FormatException($"'{path}' is a manifest that lacks \"{part}\".");
        return new(manifest);
    }

    /// <summary>
    /// The options that repeat the search: limited by the counts that it reached, whatever limited it then. On the same data, with the same
    /// libraries, on the same machine with the same number of threads, it finds the same architecture and trains it to the same weights;
    /// with more than one thread, sums may come out differently in the last digits.
    /// </summary>
    /// <param name="space">The space. Default null: the one of <see cref="SearchSpaces"/> that the manifest describes.</param>
    /// <param name="strategy">The strategy. Default null: the one of <see cref="SearchStrategies"/> that the manifest describes.</param>
    /// <exception cref="InvalidOperationException">The space or the strategy is one of your own, which the caller must give, or it is not what the manifest describes.</exception>
    public SearchOptions ToOptions(SearchSpace? space = null, SearchStrategy? strategy = null)
    {
        var reached = _json["reached"]!;
        var options = new SearchOptions
        {
            Space = ManifestParts.Find(_json["space"]!, space),
            Strategy = ManifestParts.Find(_json["strategy"]!, strategy),
        };
        ManifestOptions.Read(options, _json["options"]!.AsObject());
        (options.MaxSearchTimeInSeconds, options.MaxTrainingTimeInSeconds) = (null, null);
        options.Seed = Seed;
        options.MaxTrials = reached["trials"]!.GetValue<int>();
        // A supernet whose training ended before its schedule did ended for a reason that comes again.
        var epochs = reached["supernetPlan"]?.GetValue<int>() ?? reached["supernetEpochs"]!.GetValue<int>();
        options.MaxEpochs = epochs > 0 ? epochs : null;
        options.EpochsPerTrial = reached["epochsPerTrial"]!.GetValue<int>();
        options.MaxMacs = reached["maxMacs"]?.GetValue<long>();
        options.Replay = new(
            epochs,
            reached["firstTrial"].Deserialize<TrainingSchedule[]>(StudyJson.Options)!,
            reached["finalTrainings"].Deserialize<TrainingSchedule?[]>(StudyJson.Options)!,
            _json["finalTraining"]?["refitOnAllRows"]?.GetValue<bool>() != false,
            _json["baseline"]?["trials"]!.GetValue<int>(),
            _json["baseline"]?["firstTrial"].Deserialize<TrainingSchedule[]>(StudyJson.Options) ?? [],
            reached["convolutionForms"].Deserialize<Dictionary<string, string>>(StudyJson.Options) ?? []);
        return options;
    }

    /// <summary>Says in what the data of another search differs from this one's; empty where it is the same.</summary>
    public IReadOnlyList<string> DataDifferences(SearchManifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return [.. JsonDifferences.Between(new JsonObject { ["data"] = _json["data"]?.DeepClone() }, new JsonObject { ["data"] = other._json["data"]?.DeepClone() })];
    }

    /// <summary>A number; JSON has none that is not finite.</summary>
    internal static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static double Value(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : double.Parse(node!.ToString(), CultureInfo.InvariantCulture);
}
