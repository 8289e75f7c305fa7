namespace Microsoft.ML.Nas.Data;

/// <summary>A categorical column in memory: every row's code in a vocabulary that grows as values are read.</summary>
internal sealed class CategoryColumn : ICategoryCodes
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _textsBySpan;
    private readonly Dictionary<ulong, int> _keys = [];
    private readonly List<CategoryValue> _values = [];
    private readonly List<int> _codes = [];

    public CategoryColumn() => _textsBySpan = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code of each row; 0 is missing, code c is <c>Values[c - 1]</c>.</summary>
    public IReadOnlyList<int> Codes => _codes;

    /// <summary>The distinct values, in the order in which they were first read.</summary>
    public IReadOnlyList<CategoryValue> Values => _values;

    /// <summary>Adds a row.</summary>
    public void Append(int code) => _codes.Add(code);

    /// <inheritdoc/>
    public int CodeOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        if (_textsBySpan.TryGetValue(text, out var code)) return code;
        var owned = text.ToString();
        _values.Add(new(owned));
        _texts.Add(owned, _values.Count);
        return _values.Count;
    }

    /// <inheritdoc/>
    public int CodeOf(ulong key)
    {
        if (key == 0) return 0;
        if (_keys.TryGetValue(key, out var code)) return code;
        _values.Add(new(key));
        _keys.Add(key, _values.Count);
        return _values.Count;
    }
}
