using System.Globalization;
using System.Text;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>What a character is to tokens.</summary>
internal enum TokenCharacter
{
    /// <summary>Between tokens: spaces, control and format characters, private characters.</summary>
    Separator,

    /// <summary>Part of a word: letters, marks, numbers.</summary>
    Word,

    /// <summary>A token by itself: punctuation, symbols and everything else.</summary>
    Symbol,
}

/// <summary>Tells what characters are.</summary>
internal static class TokenCharacters
{
    public static TokenCharacter KindOf(Rune character) => Rune.GetUnicodeCategory(character) switch
    {
        <= UnicodeCategory.OtherNumber => TokenCharacter.Word,
        <= UnicodeCategory.Format or UnicodeCategory.PrivateUse => TokenCharacter.Separator,
        _ => TokenCharacter.Symbol,
    };

    /// <summary>A POSIX regular expression that finds the tokens that <see cref="TokenReader"/> reads.</summary>
    public static string Expression { get; } = CreateExpression();

    private static string CreateExpression()
    {
        var (words, others) = (new StringBuilder(), new StringBuilder());
        for (int first = 0, last; first <= 0x10FFFF; first = last + 1)
        {
            last = first;
            if (!Rune.IsValid(first)) continue;
            var kind = KindOf(new Rune(first));
            while (Rune.IsValid(last + 1) && KindOf(new Rune(last + 1)) == kind) last++;
            if (kind == TokenCharacter.Symbol) continue;
            var range = $"{Escape(first)}-{Escape(last)}";
            others.Append(range);
            if (kind == TokenCharacter.Word) words.Append(range);
        }
        return $"[{words}]+|[^{others}]";
    }

    private static string Escape(int character) => string.Create(CultureInfo.InvariantCulture, $@"\x{{{character:X}}}");
}
