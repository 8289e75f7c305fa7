namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>A row's text: as one piece, or as the tokens that it was given in.</summary>
internal readonly struct RawText
{
    private readonly ReadOnlyMemory<char>[]? _tokens;

    /// <param name="text">A text.</param>
    public RawText(string text) => Text = text;

    /// <param name="tokens">A text's tokens.</param>
    public RawText(ReadOnlyMemory<char>[] tokens) => _tokens = tokens;

    /// <summary>The text; null where it was given in tokens.</summary>
    public string? Text { get; }

    /// <summary>The tokens that it was given in, those after the last that is not empty too; none where it is one piece.</summary>
    public ReadOnlySpan<ReadOnlyMemory<char>> Tokens => _tokens;

    /// <summary>A reader at the text's start.</summary>
    public TokenReader Read() => Text is null ? new(Tokens) : new(Text);

    /// <summary>The number of tokens.</summary>
    public int Count()
    {
        var count = 0;
        for (var reader = Read(); reader.Read();) count++;
        return count;
    }
}
