using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>The text of the row that a cursor stands on. One source serves one row or cursor.</summary>
internal sealed class TextSource
{
    private readonly ValueGetter<ReadOnlyMemory<char>>? _getText;
    private readonly ValueGetter<VBuffer<ReadOnlyMemory<char>>>? _getTokens;
    private ReadOnlyMemory<char> _text;
    private VBuffer<ReadOnlyMemory<char>> _tokens;

    public TextSource(DataViewRow row, FeatureColumn column)
    {
        var source = row.Schema[column.Name];
        if (column.IsVector) _getTokens = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(source);
        else _getText = row.GetGetter<ReadOnlyMemory<char>>(source);
    }

    /// <summary>A reader of the current row's tokens, which is good until the row changes.</summary>
    public TokenReader Read()
    {
        Get();
        return _getText is null ? new(Items()) : new(_text.Span);
    }

    /// <summary>A copy of the current row's text.</summary>
    public RawText Copy()
    {
        Get();
        return _getText is null ? new(Array.ConvertAll(Items().ToArray(), static token => token.ToString().AsMemory())) : new(_text.ToString());
    }

    private void Get()
    {
        _getText?.Invoke(ref _text);
        _getTokens?.Invoke(ref _tokens);
    }

    private ReadOnlySpan<ReadOnlyMemory<char>> Items() => _tokens.IsDense ? _tokens.GetValues() : _tokens.DenseValues().ToArray();
}
