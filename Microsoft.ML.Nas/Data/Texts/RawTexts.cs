using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data.Texts;

/// <summary>The texts of a data view in memory.</summary>
/// <param name="plan">The columns.</param>
/// <param name="texts">A row's text; empty where it is missing.</param>
/// <param name="labels">A row's label, or the labels of all tokens, one row after another.</param>
/// <param name="weights">A row's weight; null where all weigh the same.</param>
internal sealed class RawTexts(ColumnPlan plan, RawText[] texts, float[] labels, float[]? weights) : RawRows(plan, labels, weights)
{
    /// <summary>The share of training texts that are not cut, where the length is not given and tokens have no labels.</summary>
    private const double WholeTexts = 0.95;

    private int[]? _labelStarts;

    /// <summary>A row's text.</summary>
    public RawText this[int row] => texts[row];

    /// <inheritdoc/>
    public override int Rows => texts.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<float> LabelsOf(int row)
    {
        if (!Plan.Label.IsVector) return base.LabelsOf(row);
        _labelStarts ??= CountLabels();
        return Labels.AsSpan(_labelStarts[row].._labelStarts[row + 1]);
    }

    /// <inheritdoc/>
    public override InputEncoder FitEncoder(ReadOnlySpan<int> rows)
    {
        var options = Plan.Text;
        var (vocabulary, lengths) = TextVocabulary.Fit(rows.ToArray().Select(row => texts[row]), options);
        if (vocabulary.Words.IsEmpty)
            throw new TrainingDataException(Plan.Features[0].Name, $"No token is in the training texts of the column '{Plan.Features[0].Name}' {options.MinTokenCount} times; "
                + $"give longer or more texts, or lower {nameof(TextOptions.MinTokenCount)}.");
        Array.Sort(lengths);
        // What is cut off has no label afterwards, while a class can be told from a text's beginning.
        var typical = lengths[Plan.Label.IsVector ? ^1 : (int)Math.Ceiling(WholeTexts * lengths.Length) - 1];
        return new TextEncoder(Plan, vocabulary, options.MaxTokens ?? Math.Clamp(typical, 1, TextOptions.LongestTypicalText));
    }

    /// <inheritdoc/>
    /// <remarks>Texts that were given in tokens, <c>[rows, longest]</c>: empty ones fill up shorter rows.</remarks>
    public override IReadOnlyDictionary<string, OnnxTensor> Tensors(ReadOnlySpan<int> rows)
    {
        var width = 1;
        foreach (var row in rows) width = Math.Max(width, texts[row].Tokens.Length);
        var values = new string[rows.Length * width];
        Array.Fill(values, "");
        for (var i = 0; i < rows.Length; i++)
        {
            if (texts[rows[i]].Text is { } text) values[i] = text;
            else for (var token = 0; token < texts[rows[i]].Tokens.Length; token++) values[i * width + token] = texts[rows[i]].Tokens[token].ToString();
        }
        return new Dictionary<string, OnnxTensor> { [Plan.Features[0].Name] = OnnxTensor.Create(values, rows.Length, width) };
    }

    private int[] CountLabels()
    {
        var starts = new int[texts.Length + 1];
        for (var row = 0; row < texts.Length; row++) starts[row + 1] = starts[row] + texts[row].Count();
        return starts;
    }
}
