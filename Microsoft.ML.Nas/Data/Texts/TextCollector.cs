namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>Collects texts.</summary>
internal sealed class TextCollector(DataViewRow cursor, ColumnPlan plan) : RowCollector
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[plan.Features[0].Name]);
    private readonly List<string> _texts = [];
    private ReadOnlyMemory<char> _text;

    /// <inheritdoc/>
    public override void Append(int row)
    {
        _getter(ref _text);
        _texts.Add(_text.ToString());
    }

    /// <inheritdoc/>
    public override RawRows Finish(float[] labels, float[]? weights) => new RawTexts(plan, [.. _texts], labels, weights);
}
