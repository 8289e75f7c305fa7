namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>Collects texts.</summary>
internal sealed class TextCollector(DataViewRow cursor, ColumnPlan plan) : RowCollector
{
    private readonly TextSource _source = new(cursor, plan.Features[0]);
    private readonly List<RawText> _texts = [];

    /// <inheritdoc/>
    public override int Tokens => _texts[^1].Count();

    /// <inheritdoc/>
    public override void Append(int row)
    {
        var text = _source.Copy();
        _texts.Add(text);
        if (!plan.Label.IsVector) return;
        var position = 0;
        for (var reader = text.Read(); reader.Read(); position++)
            if (reader.Token.IsEmpty)
                throw new TrainingDataException(plan.Features[0].Name, $"Token {position} in row {row} of the column '{plan.Features[0].Name}' is empty, and others follow it; a token to learn from must hold something: remove it together with its label.");
    }

    /// <inheritdoc/>
    public override RawRows Finish(float[] labels, float[]? weights) => new RawTexts(plan, [.. _texts], labels, weights);
}
