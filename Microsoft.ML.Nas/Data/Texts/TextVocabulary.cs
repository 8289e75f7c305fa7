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
    /// <param name="keepCase">Whether words in upper case are others than those in lower case.</param>
    public TextVocabulary(ImmutableArray<string> words, bool keepCase)
    {
        (Words, KeepsCase) = (words, keepCase);
        _ids = words.Index().ToFrozenDictionary(static word => word.Item, static word => word.Index + FirstWord, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether words in upper case are others than those in lower case.</summary>
    public bool KeepsCase { get; }

    /// <summary>The words, in the order of their ids.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>The number of ids.</summary>
    public int Count => Words.Length + FirstWord;

    /// <summary>The words and the lengths of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">How many words there may be, and which.</param>
    /// <returns>The vocabulary, and the number of tokens in each text.</returns>
    public static (TextVocabulary Vocabulary, int[] Lengths) Fit(IEnumerable<RawText> texts, TextOptions options)
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
                if (reader.Normalize(normal, options.KeepCase) is > 0 and var length)
                    System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(lookup, normal[..length], out _)++;
            }
            lengths.Add(tokens);
        }
        var words = counts.Where(pair => pair.Value >= options.MinTokenCount).OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(options.VocabularySize);
        return (new([.. words.Select(static pair => pair.Key)], options.KeepCase), [.. lengths]);
    }

    /// <summary>Writes the ids of a text's first tokens and fills up with padding, which also stands for an empty token.</summary>
    public void Encode<T>(TokenReader reader, Span<T> ids) where T : System.Numerics.INumberBase<T>
    {
        Span<char> normal = stackalloc char[TokenReader.LongestWord];
        var position = 0;
        for (; position < ids.Length && reader.Read(); position++)
            ids[position] = T.CreateTruncating(reader.Token.IsEmpty ? TokenShape.Padding : _ids.TryGetValue(normal[..reader.Normalize(normal, KeepsCase)], out var id) ? id : TokenShape.Unknown);
        for (; position < ids.Length; position++) ids[position] = T.CreateTruncating(TokenShape.Padding);
    }
}
