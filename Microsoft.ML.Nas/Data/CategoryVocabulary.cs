using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Data;

/// <summary>The learned codes of one categorical column: immutable, and looked up without allocating.</summary>
internal sealed class CategoryVocabulary : ICategoryCodes
{
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _texts;
    private readonly FrozenDictionary<ulong, int> _keys;

    /// <param name="slot">The value's position among the plan's categorical values.</param>
    /// <param name="values">The categories; the first has code 1.</param>
    public CategoryVocabulary(int slot, ImmutableArray<CategoryValue> values)
    {
        Slot = slot;
        Values = values;
        var coded = values.Select(static (value, index) => (value, code: index + 1)).ToArray();
        _texts = coded.Where(static pair => pair.value.Text is not null)
            .ToFrozenDictionary(static pair => pair.value.Text!, static pair => pair.code, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _keys = coded.Where(static pair => pair.value.Text is null).ToFrozenDictionary(static pair => pair.value.Key, static pair => pair.code);
    }

    /// <summary>The value's position among the plan's categorical values.</summary>
    public int Slot { get; }

    /// <summary>The categories with codes of their own; the first has code 1.</summary>
    public ImmutableArray<CategoryValue> Values { get; }

    /// <summary>The number of codes, code 0 included.</summary>
    public int Cardinality => Values.Length + 1;

    /// <inheritdoc/>
    public int CodeOf(ReadOnlySpan<char> text) => _texts.TryGetValue(text, out var code) ? code : 0;

    /// <inheritdoc/>
    public int CodeOf(ulong key) => _keys.TryGetValue(key, out var code) ? code : 0;
}
