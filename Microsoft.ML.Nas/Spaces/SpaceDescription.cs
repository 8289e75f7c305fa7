using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>What there is to know of a space without its blocks: enough to read genotypes in a process that cannot build it.</summary>
/// <param name="Name">The space's name.</param>
/// <param name="Hash">Its <see cref="SearchSpace.Hash"/>.</param>
/// <param name="Size">Its number of architectures.</param>
/// <param name="Decisions">Its decisions.</param>
public sealed record SpaceDescription(string Name, string Hash, BigInteger Size, ImmutableArray<Decision> Decisions)
{
    private const int Version = 1;
    private const int MaxOptions = 10_000;

    /// <summary>The description as JSON.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("name", Name);
            json.WriteString("hash", Hash);
            json.WriteString("size", Size.ToString());
            json.WriteStartArray("decisions");
            foreach (var decision in Decisions) Write(json, decision);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads what <see cref="ToJson"/> writes. At most 16 million characters and 100,000 decisions of 10,000 options each are read.</summary>
    /// <exception cref="FormatException">The text is no such document; the message names the place in it, as in <c>$.decisions[3].labels</c>.</exception>
    public static SpaceDescription Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = JsonPlace.Parse(json);
        var root = document.Root;
        root.CheckMembers("version", "name", "hash", "size", "decisions");
        root.Member("version").CheckVersion(Version);
        var size = root.Member("size");
        if (size.Text().Length > 4096 || !BigInteger.TryParse(size.Text(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var architectures))
            throw size.Wrong("a whole number of at most 4096 digits is expected");
        var decisions = new List<Decision>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in root.Member("decisions").Items())
        {
            var decision = Read(place, decisions, names);
            if (!names.TryAdd(decision.Name, decisions.Count)) throw place.Member("name").Wrong($"an earlier decision is called '{decision.Name}' too");
            decisions.Add(decision);
        }
        return new(root.Member("name").Text(), root.Member("hash").Text(), architectures, [.. decisions]);
    }

    private void Write(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject();
        json.WriteString("name", decision.Name);
        json.WriteString("kind", decision.Kind.ToString());
        json.WriteStartArray("labels");
        foreach (var label in decision.Labels) json.WriteStringValue(label);
        json.WriteEndArray();
        if (decision.HasNone) json.WriteBoolean("hasNone", true);
        if (decision.Condition is { } condition)
        {
            json.WriteStartObject("condition");
            json.WriteString("decision", Decisions[condition.Decision].Name);
            json.WriteStartArray("options");
            foreach (var option in condition.Options) json.WriteNumberValue(option);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static Decision Read(JsonPlace place, List<Decision> earlier, Dictionary<string, int> names)
    {
        place.CheckMembers("name", "kind", "labels", "hasNone", "condition");
        var kind = place.Member("kind");
        if (!Enum.TryParse<DecisionKind>(kind.Text(), out var known) || !Enum.IsDefined(known))
            throw kind.Wrong($"'{kind.Text()}' is not one of {string.Join(", ", Enum.GetNames<DecisionKind>())}");
        var labels = place.Member("labels");
        var options = labels.Items().Select(static label => label.Text()).ToImmutableArray();
        if (options.Length is < 2 or > MaxOptions) throw labels.Wrong($"a decision has 2 to {MaxOptions:N0} options; there are {options.Length}");
        if (options.Distinct(StringComparer.Ordinal).Count() != options.Length) throw labels.Wrong("two options have the same label");
        return new(place.Member("name").Text(), options.Length, options, known, place.OptionalMember("condition") is { } condition ? ReadCondition(condition, earlier, names) : null)
        {
            HasNone = place.OptionalMember("hasNone")?.Flag() ?? false,
        };
    }

    private static DecisionCondition ReadCondition(JsonPlace place, List<Decision> earlier, Dictionary<string, int> names)
    {
        place.CheckMembers("decision", "options");
        var decision = place.Member("decision");
        if (!names.TryGetValue(decision.Text(), out var index)) throw decision.Wrong($"no earlier decision is called '{decision.Text()}'");
        var options = place.Member("options");
        return new(index, [.. options.Items().Select(option => option.Integer(0, earlier[index].Count - 1)).Distinct()]);
    }
}
