using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Architectures as JSON, version 1: <c>{"version":1,"space":"…","genotype":"0-2-1","decisions":{"name":"label",…}}</c>.</summary>
internal static class ArchitectureJson
{
    private const int Version = 1;

    public static string Write(Architecture architecture)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("space", architecture.Space.Name);
            json.WriteString("genotype", architecture.Genotype.ToString());
            json.WriteStartObject("decisions");
            foreach (var (name, label) in architecture.Decisions) json.WriteString(name, label);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <exception cref="FormatException">The text is not an architecture of the space.</exception>
    public static Genotype Read(SearchSpace space, string text)
    {
        using var document = JsonPlace.Parse(text);
        var root = document.Root;
        root.CheckMembers("version", "space", "genotype", "decisions");
        root.Member("version").CheckVersion(Version);
        if (root.Member("space") is var name && name.Text() != space.Name)
            throw name.Wrong($"the architecture is one of space '{name.Text()}', and this is space '{space.Name}'");
        var genotype = Genotype(space, root.Member("genotype"));
        var decisions = root.Member("decisions");
        foreach (var (decision, place) in decisions.Members())
        {
            var index = space.TryIndexOf(decision);
            if (index < 0) throw place.Wrong($"space '{space.Name}' has no such decision");
            if (!space.IsActive(genotype, index)) throw place.Wrong("the decision does not matter in this architecture, so it must not be here");
            var label = space.Decisions[index].Labels[genotype[index]];
            if (place.Text() != label)
                throw place.Wrong($"the genotype takes option '{label}'; here it is '{place.Text()}', of {string.Join(", ", space.Decisions[index].Labels)}");
        }
        for (var index = 0; index < space.Decisions.Length; index++)
            if (space.IsActive(genotype, index) && !decisions.Has(space.Decisions[index].Name))
                throw decisions.Wrong($"decision '{space.Decisions[index].Name}' is missing");
        return genotype;
    }

    private static Genotype Genotype(SearchSpace space, JsonPlace place)
    {
        var parts = place.Text().Length == 0 ? [] : place.Text().Split('-');
        if (parts.Length != space.Decisions.Length)
            throw place.Wrong($"space '{space.Name}' has {space.Decisions.Length} decisions; there are {parts.Length} indices");
        var indices = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out indices[i]) || indices[i] >= space.Decisions[i].Count)
                throw place.Wrong($"index {i} is '{parts[i]}'; decision '{space.Decisions[i].Name}' has options 0 to {space.Decisions[i].Count - 1}");
        var genotype = space.Normalize(indices);
        return genotype.Indices.SequenceEqual(indices)
            ? genotype
            : throw place.Wrong($"a decision that does not matter is not 0; it should be {genotype}");
    }
}
