using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>The texts of a data view in memory.</summary>
/// <param name="plan">The columns.</param>
/// <param name="texts">A row's text; empty where it is missing.</param>
/// <param name="labels">A row's label.</param>
/// <param name="weights">A row's weight; null where all weigh the same.</param>
internal sealed class RawTexts(ColumnPlan plan, string[] texts, float[] labels, float[]? weights) : RawRows(plan, labels, weights)
{
    /// <summary>The share of training texts that are not cut, where the length is not given.</summary>
    private const double WholeTexts = 0.95;

    /// <summary>A row's text.</summary>
    public string this[int row] => texts[row];

    /// <inheritdoc/>
    public override InputEncoder FitEncoder(ReadOnlySpan<int> rows)
    {
        var options = Plan.Text;
        var (vocabulary, lengths) = TextVocabulary.Fit(rows.ToArray().Select(row => texts[row]), options.VocabularySize, options.MinTokenCount);
        if (vocabulary.Words.IsEmpty)
            throw new TrainingDataException(Plan.Features[0].Name, $"No token is in the training texts of the column '{Plan.Features[0].Name}' {options.MinTokenCount} times; "
                + $"give longer or more texts, or lower {nameof(TextOptions.MinTokenCount)}.");
        Array.Sort(lengths);
        var typical = lengths[(int)Math.Ceiling(WholeTexts * lengths.Length) - 1];
        return new TextEncoder(Plan, vocabulary, options.MaxTokens ?? Math.Clamp(typical, 1, TextOptions.LongestTypicalText));
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, OnnxTensor> Tensors(ReadOnlySpan<int> rows) => new Dictionary<string, OnnxTensor>
    {
        [Plan.Features[0].Name] = OnnxTensor.Create(rows.ToArray().Select(row => texts[row]).ToArray(), rows.Length, 1),
    };
}
