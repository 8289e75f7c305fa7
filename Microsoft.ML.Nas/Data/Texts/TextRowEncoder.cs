namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>Encodes the text that a cursor stands on.</summary>
internal sealed class TextRowEncoder(DataViewRow row, FeatureColumn column, TextVocabulary vocabulary) : RowEncoder
{
    private readonly TextSource _source = new(row, column);

    /// <inheritdoc/>
    public override void Encode(Span<float> encoded) => vocabulary.Encode(_source.Read(), encoded);
}
