using System.Text;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>
/// Reads the tokens of a text one after another, without allocating: runs of letters, marks and numbers, and every other visible character by itself.
/// Unless case is kept, the letters A to Z become lower case; other scripts stay as they are, so that ONNX Runtime's operators find the same tokens on every system.
/// A vector of texts has its items for tokens, whatever they hold; empty ones at its end are none.
/// </summary>
internal ref struct TokenReader
{
    /// <summary>Words with more UTF-16 code units are in no vocabulary.</summary>
    public const int LongestWord = 64;

    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<ReadOnlyMemory<char>> _tokens;
    private int _next;

    /// <param name="text">A text.</param>
    public TokenReader(ReadOnlySpan<char> text) => _text = text;

    /// <param name="tokens">A text's tokens.</param>
    public TokenReader(ReadOnlySpan<ReadOnlyMemory<char>> tokens)
    {
        var count = tokens.Length;
        while (count > 0 && tokens[count - 1].IsEmpty) count--;
        _tokens = tokens[..count];
    }

    /// <summary>The token as it stands in the text.</summary>
    public ReadOnlySpan<char> Token { get; private set; }

    /// <summary>Moves to the next token.</summary>
    public bool Read()
    {
        if (_next < _tokens.Length)
        {
            Token = _tokens[_next++].Span;
            return true;
        }
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

    /// <summary>Writes the token as it is in vocabularies; half a surrogate pair becomes U+FFFD, as in UTF-8.</summary>
    /// <returns>The number of characters; 0 where the token is longer than <see cref="LongestWord"/>.</returns>
    public readonly int Normalize(Span<char> normal, bool keepCase)
    {
        if (Token.Length > LongestWord) return 0;
        for (var i = 0; i < Token.Length; i++)
        {
            var character = Token[i];
            if (char.IsSurrogate(character) && Rune.DecodeFromUtf16(Token[i..], out _, out var length) == System.Buffers.OperationStatus.Done && length == 2)
            {
                (normal[i], normal[i + 1]) = (character, Token[i + 1]);
                i++;
            }
            else
            {
                normal[i] = char.IsSurrogate(character) ? (char)Rune.ReplacementChar.Value : !keepCase && char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
            }
        }
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
