namespace Microsoft.ML.Nas.Data;

/// <summary>
/// Labels of tokens that mark entities (Ramshaw and Marcus 1995; Tjong Kim Sang 2003): <c>B-PER</c> begins an entity of the type PER, <c>I-PER</c> goes on with it,
/// every label without such a prefix is outside of entities.
/// </summary>
internal sealed class EntityTags
{
    private readonly (char Prefix, string Type)[] _tags;

    private EntityTags((char Prefix, string Type)[] tags) => _tags = tags;

    /// <summary>The entities of labels; null where no label marks one.</summary>
    /// <param name="labels">The labels' names, in the order of the classes.</param>
    public static EntityTags? Of(IEnumerable<string> labels)
    {
        (char Prefix, string Type)[] tags = [.. labels.Select(static label => label is ['B' or 'I', '-', _, ..] ? (label[0], label[2..]) : ('O', ""))];
        return Array.Exists(tags, static tag => tag.Prefix != 'O') ? new(tags) : null;
    }

    /// <summary>The entities of one text. As the CoNLL evaluation reads them, an I without a B before it, or after another type, begins an entity too.</summary>
    /// <param name="classes">A class a token; a negative one is outside of entities.</param>
    /// <returns>The type of each, its first token and the number of its tokens.</returns>
    public IEnumerable<(string Type, int Start, int Length)> Find(IReadOnlyList<int> classes)
    {
        var (type, start) = ("", 0);
        for (var token = 0; token <= classes.Count; token++)
        {
            var (prefix, next) = token < classes.Count && classes[token] >= 0 ? _tags[classes[token]] : ('O', "");
            if (prefix == 'I' && next == type) continue;
            if (type != "") yield return (type, start, token - start);
            (type, start) = (next, token);
        }
    }
}
