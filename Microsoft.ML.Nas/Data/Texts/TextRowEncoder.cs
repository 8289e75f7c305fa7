namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>Encodes the text that a cursor stands on.</summary>
internal sealed class TextRowEncoder(DataViewRow row, FeatureColumn column, TextVocabulary vocabulary) : RowEncoder
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(row.Schema[column.Name]);
    private ReadOnlyMemory<char> _text;

    /// <inheritdoc/>
    public override void Encode(Span<float> encoded)
    {
        _getter(ref _text);
        vocabulary.Encode(_text.Span, encoded);
    }
}
