using System.Text;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>
/// Reads the tokens of a text one after another, without allocating: runs of letters, marks and numbers, and every other visible character by itself.
/// The letters A to Z become lower case; other scripts stay as they are, so that ONNX Runtime's operators find the same tokens on every system.
/// </summary>
/// <param name="text">The text.</param>
internal ref struct TokenReader(ReadOnlySpan<char> text)
{
    /// <summary>Words with more UTF-16 code units are in no vocabulary.</summary>
    public const int LongestWord = 64;

    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    /// <summary>The token as it stands in the text.</summary>
    public ReadOnlySpan<char> Token { get; private set; }

    /// <summary>Moves to the next token.</summary>
    public bool Read()
    {
        while (_next < _text.Length)
        {
            var start = _next;
            var kind = ReadCharacter();
            if (kind == TokenCharacter.Separator) continue;
            if (kind == TokenCharacter.Word)
            {
                for (var end = _next; end < _text.Length; end = _next)
                {
                    if (ReadCharacter() == TokenCharacter.Word) continue;
                    _next = end;
                    break;
                }
            }
            Token = _text[start.._next];
            return true;
        }
        return false;
    }

    /// <summary>Writes the token in lower case; half a surrogate pair becomes U+FFFD, as in UTF-8.</summary>
    /// <returns>The number of characters; 0 where the token is longer than <see cref="LongestWord"/>.</returns>
    public readonly int Normalize(Span<char> normal)
    {
        if (Token.Length > LongestWord) return 0;
        for (var i = 0; i < Token.Length; i++) normal[i] = char.IsAsciiLetterUpper(Token[i]) ? (char)(Token[i] | 0x20) : Token[i];
        if (Token.Length == 1 && char.IsSurrogate(Token[0])) normal[0] = (char)Rune.ReplacementChar.Value;
        return Token.Length;
    }

    private TokenCharacter ReadCharacter()
    {
        // Half a surrogate pair is read as U+FFFD, a symbol.
        _ = Rune.DecodeFromUtf16(_text[_next..], out var character, out var length);
        _next += length;
        return TokenCharacters.KindOf(character);
    }
}
