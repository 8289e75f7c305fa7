using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>The words of the training texts, and their ids: <see cref="TokenShape.Padding"/> and <see cref="TokenShape.Unknown"/>, then the words.</summary>
internal sealed class TextVocabulary
{
    private const int FirstWord = TokenShape.Unknown + 1;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;

    /// <param name="words">The words, in the order of their ids.</param>
    public TextVocabulary(ImmutableArray<string> words)
    {
        Words = words;
        _ids = words.Index().ToFrozenDictionary(static word => word.Item, static word => word.Index + FirstWord, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The words, in the order of their ids.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>The number of ids.</summary>
    public int Count => Words.Length + FirstWord;

    /// <summary>The words and the lengths of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="size">At most this many words, the most frequent.</param>
    /// <param name="minCount">A word must be there this often.</param>
    /// <returns>The vocabulary, and the number of tokens in each text.</returns>
    public static (TextVocabulary Vocabulary, int[] Lengths) Fit(IEnumerable<RawText> texts, int size, int minCount)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var lengths = new List<int>();
        Span<char> normal = stackalloc char[TokenReader.LongestWord];
        foreach (var text in texts)
        {
            var tokens = 0;
            for (var reader = text.Read(); reader.Read(); tokens++)
            {
                if (reader.Normalize(normal) is > 0 and var length)
                    System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(lookup, normal[..length], out _)++;
            }
            lengths.Add(tokens);
        }
        var words = counts.Where(pair => pair.Value >= minCount).OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(size);
        return (new([.. words.Select(static pair => pair.Key)]), [.. lengths]);
    }

    /// <summary>Writes the ids of a text's first tokens and fills up with padding, which also stands for an empty token.</summary>
    public void Encode<T>(TokenReader reader, Span<T> ids) where T : System.Numerics.INumberBase<T>
    {
        Span<char> normal = stackalloc char[TokenReader.LongestWord];
        var position = 0;
        for (; position < ids.Length && reader.Read(); position++)
            ids[position] = T.CreateTruncating(reader.Token.IsEmpty ? TokenShape.Padding : _ids.TryGetValue(normal[..reader.Normalize(normal)], out var id) ? id : TokenShape.Unknown);
        for (; position < ids.Length; position++) ids[position] = T.CreateTruncating(TokenShape.Padding);
    }
}
