using System.Text.Json;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>A value in a JSON document together with its path, so that an error can name it. Documents are bounded in size and depth.</summary>
internal sealed class JsonPlace
{
    private const int MaxCharacters = 16 * 1024 * 1024;
    private const int MaxDepth = 16;
    private const int MaxText = 4096;
    private const int MaxItems = 100_000;

    private readonly JsonElement _element;
    private readonly string _path;

    private JsonPlace(JsonElement element, string path) => (_element, _path) = (element, path);

    /// <exception cref="FormatException">The text is too long, too deep or not JSON.</exception>
    public static Document Parse(string text)
    {
        if (text.Length > MaxCharacters) throw new FormatException($"The JSON document has {text.Length:N0} characters; at most {MaxCharacters:N0} are read.");
        try
        {
            return new(JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth }));
        }
        catch (JsonException problem)
        {
            throw new FormatException($"The text is not a JSON document of at most {MaxDepth} levels: {problem.Message}", problem);
        }
    }

    /// <summary>A document, which owns its values.</summary>
    internal sealed class Document(JsonDocument json) : IDisposable
    {
        public JsonPlace Root => new(json.RootElement, "$");

        public void Dispose() => json.Dispose();
    }

    /// <summary>The error about this value.</summary>
    public FormatException Wrong(string problem) => new($"{_path}: {problem}.");

    /// <summary>Checks that the value is an object with no members but these, each at most once.</summary>
    public void CheckMembers(params ReadOnlySpan<string> names)
    {
        foreach (var (name, place) in Members())
            if (!names.Contains(name)) throw place.Wrong("there is no such member in this version");
    }

    public void CheckVersion(int version)
    {
        if (Integer(0, int.MaxValue) is var actual && actual != version) throw Wrong($"version {actual} cannot be read; this is version {version}");
    }

    public bool Has(string member) => _element.TryGetProperty(member, out _);

    public JsonPlace Member(string name)
    {
        Check(JsonValueKind.Object, "an object");
        return _element.TryGetProperty(name, out var value) ? new(value, PathOf(name)) : throw Wrong($"'{name}' is missing");
    }

    public JsonPlace? OptionalMember(string name) => Has(name) ? Member(name) : null;

    public List<(string Name, JsonPlace Place)> Members()
    {
        Check(JsonValueKind.Object, "an object");
        var members = new List<(string, JsonPlace)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in _element.EnumerateObject())
        {
            var place = new JsonPlace(property.Value, PathOf(property.Name));
            if (!names.Add(property.Name)) throw place.Wrong("the member is there twice");
            if (members.Count == MaxItems) throw Wrong($"there are more than {MaxItems:N0} members");
            members.Add((property.Name, place));
        }
        return members;
    }

    public List<JsonPlace> Items()
    {
        Check(JsonValueKind.Array, "an array");
        if (_element.GetArrayLength() > MaxItems) throw Wrong($"there are more than {MaxItems:N0} items");
        return [.. _element.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{_path}[{index}]"))];
    }

    public string Text()
    {
        Check(JsonValueKind.String, "text");
        var text = _element.GetString()!;
        return text.Length <= MaxItems ? text : throw Wrong($"the text has {text.Length:N0} characters; at most {MaxItems:N0} are read");
    }

    public int Integer(int least, int most)
    {
        Check(JsonValueKind.Number, "a whole number");
        return _element.TryGetInt32(out var value) && value >= least && value <= most ? value : throw Wrong($"a whole number from {least} to {most} is expected; it is {_element.GetRawText()}");
    }

    public bool Flag() => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false is expected"),
    };

    private void Check(JsonValueKind kind, string expected)
    {
        if (_element.ValueKind != kind) throw Wrong($"{expected} is expected; it is {_element.ValueKind switch { JsonValueKind.Null => "null", var other => other.ToString().ToLowerInvariant() }}");
    }

    private string PathOf(string member)
    {
        var shown = member.Length > MaxText ? member[..MaxText] : member;
        return shown.Length > 0 && shown.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? $"{_path}.{shown}" : $"{_path}['{shown}']";
    }
}
