using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>How long texts are, so that those that are computed together need little padding.</summary>
internal static class TextLengths
{
    /// <summary>The number of tokens of each row before its padding; null where the rows are no texts.</summary>
    /// <param name="shape">The shape of a row.</param>
    /// <param name="rows">Encoded rows, <c>[rows, ...]</c>.</param>
    public static int[]? Of(Shape shape, Tensor rows)
    {
        if (shape is not TokenShape tokens) return null;
        if (rows.shape[0] == 0) return [];
        using var scope = NewDisposeScope();
        var places = Scalars.Range(1, tokens.Length + 1, ScalarType.Int32, rows.device);
        return (rows.ne(Scalars.Held(TokenShape.Padding)).to_type(ScalarType.Int32) * places).amax(1).cpu().data<int>().ToArray();
    }

    /// <summary>The numbers of all texts, from the shortest to the longest, in parts whose padded size is limited; a text longer than that is a part.</summary>
    /// <param name="lengths">How long each text is.</param>
    /// <param name="maxTokens">The most tokens of a part, padding included.</param>
    /// <param name="maxRows">The most texts of a part.</param>
    public static IEnumerable<long[]> Parts(int[] lengths, int maxTokens, int maxRows = int.MaxValue)
    {
        var rows = new long[lengths.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        Array.Sort((int[])lengths.Clone(), rows);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = start + 1;
            while (end < rows.Length && (end + 1L - start) * lengths[rows[end]] <= maxTokens && end - start < maxRows) end++;
            yield return rows[start..end];
        }
    }
}
