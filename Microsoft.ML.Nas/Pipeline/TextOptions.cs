using Microsoft.ML.Nas.Data.Texts;

namespace Microsoft.ML.Nas;

/// <summary>How texts become token ids, where the search space is one for texts.</summary>
/// <remarks>
/// Tokens are runs of letters, marks and digits, and every other visible character by itself. The
/// vocabulary is learned on the training rows: its most frequent tokens. A vector of texts has its items for tokens, which are not cut up; empty ones at its end are none.
/// </remarks>
public sealed class TextOptions
{
    internal const int LongestTypicalText = 256;

    /// <summary>The largest number of different tokens; the most frequent are kept, others count as unknown. Default 20,000.</summary>
    public int VocabularySize { get; set; } = 20_000;

    /// <summary>How often a token must be in the training rows to be in the vocabulary. Default 2.</summary>
    public int MinTokenCount { get; set; } = 2;

    /// <summary>The number of tokens that are read; longer texts are cut after them. Default null: as many as 95 % of the training texts have at most, or all of them where tokens are labelled, but no more than 256.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Whether words in upper and lower case are told apart, as helps to find names. Default false: the letters A to Z become lower case.</summary>
    public bool KeepCase { get; set; }

    /// <summary>The tokens of a text, as they stand in it: what a label a token belongs to, where the texts are not given in tokens.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<string>();
        for (var reader = new TokenReader(text); reader.Read();) tokens.Add(new(reader.Token));
        return tokens;
    }

    internal TextOptions Clone() => (TextOptions)MemberwiseClone();
}
