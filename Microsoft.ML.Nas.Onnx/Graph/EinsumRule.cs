namespace Microsoft.ML.Nas.Onnx;

/// <summary>The shape that Einsum gives.</summary>
internal static class EinsumRule
{
    private const string Ellipsis = "...";

    public static GraphShape Infer(NodeDraft node, string equation, GraphShape[] inputs)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != inputs.Length)
            throw Malformed(node, equation, $"it has {terms.Length} terms for {inputs.Length} inputs");

        var sizes = new SortedDictionary<char, Dimension>();
        var counts = new Dictionary<char, int>();
        var batch = GraphShape.Scalar;
        for (int i = 0; i < terms.Length; i++)
        {
            var (before, hasBatch, after) = Parse(node, equation, terms[i]);
            int batchRank = inputs[i].Rank - before.Length - after.Length;
            if (batchRank < 0 || (batchRank > 0 && !hasBatch))
                throw Malformed(node, equation, $"term '{terms[i]}' has {before.Length + after.Length} letters for shape {inputs[i]}");
            batch = ShapeRules.Broadcast(node, batch, [.. inputs[i].Skip(before.Length).Take(batchRank)]);
            Record(before, inputs[i].Take(before.Length));
            Record(after, inputs[i].Skip(before.Length + batchRank));
        }

        // Without "->" the letters that appear once stay, in alphabetical order.
        string result = sides.Length == 2 ? sides[1] : Ellipsis + string.Concat(sizes.Keys.Where(letter => counts[letter] == 1));
        var (first, resultHasBatch, last) = Parse(node, equation, result);
        if ((first + last).FirstOrDefault(letter => !sizes.ContainsKey(letter)) is var unknown and not '\0')
            throw Malformed(node, equation, $"letter '{unknown}' of the result is in no input");
        if (first.Length + last.Length != (first + last).Distinct().Count() || (batch.Rank > 0 && !resultHasBatch))
            throw Malformed(node, equation, "the result must name each letter once, and '...' where an input does");
        return [.. first.Select(letter => sizes[letter]), .. batch, .. last.Select(letter => sizes[letter])];

        void Record(string letters, IEnumerable<Dimension> dimensions)
        {
            foreach (var (letter, dimension) in letters.Zip(dimensions))
            {
                counts[letter] = counts.GetValueOrDefault(letter) + 1;
                sizes[letter] = Dimension.Merge(sizes.GetValueOrDefault(letter), dimension)
                    ?? throw node.Error($"letter '{letter}' of '{equation}' is both {sizes[letter]} and {dimension}", "Use one letter for one size");
            }
        }
    }

    private static (string Before, bool HasBatch, string After) Parse(NodeDraft node, string equation, string term)
    {
        int place = term.IndexOf(Ellipsis, StringComparison.Ordinal);
        var (before, after) = place < 0 ? (term, "") : (term[..place], term[(place + Ellipsis.Length)..]);
        if (!(before + after).All(char.IsAsciiLetter))
            throw Malformed(node, equation, $"term '{term}' holds something else than letters and one '...'");
        return (before, place >= 0, after);
    }

    private static GraphException Malformed(NodeDraft node, string equation, string problem) =>
        node.Error($"equation '{equation}': {problem}", "Write one letter a dimension, commas between inputs, and '->' before the result");
}
