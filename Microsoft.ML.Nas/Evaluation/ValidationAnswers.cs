using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>What a model says of the validation rows, and what is true of them.</summary>
/// <param name="Predictions">Probabilities, or predictions in the label's unit.</param>
/// <param name="Labels">0 or 1, class indices, or values in the label's unit; one per row. Of labelled tokens, those of all rows one after another, NaN where a text has ended.</param>
/// <param name="Weights">Example weights; null where all are equal.</param>
internal sealed record ValidationAnswers(Predictions Predictions, float[] Labels, float[]? Weights)
{
    /// <summary>The number of labels of a row. Default 1.</summary>
    public int LabelsPerRow { get; init; } = 1;

    /// <summary>The entities that labels of tokens mark; null where they mark none.</summary>
    public EntityTags? Entities { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => Labels.Length / LabelsPerRow;

    /// <summary>What a network says of a split's validation rows.</summary>
    public static ValidationAnswers Of(DataSplit split, Predictions predictions)
    {
        var (labels, weights) = split.Validation.Known(split.Target);
        return new(predictions, labels, weights) { LabelsPerRow = split.Target.LabelsOf(split.Input), Entities = split.Target.Entities };
    }

    /// <summary>The answers about some of the rows, in the given order.</summary>
    public ValidationAnswers Subset(int[] rows) => this with
    {
        Predictions = new(Take(Predictions.Values, rows, Predictions.Columns * LabelsPerRow), Predictions.Columns),
        Labels = Take(Labels, rows, LabelsPerRow),
        Weights = Weights is null ? null : Take(Weights, rows, LabelsPerRow),
    };

    /// <summary>The places of the labels that are known.</summary>
    public IEnumerable<int> Known() => Enumerable.Range(0, Labels.Length).Where(place => !float.IsNaN(Labels[place]));

    public double Score(SearchMetric metric) => metric == SearchMetric.EntityF1
        ? EntityF1(EntityScores.Of(this))
        : Scores.Of(metric, Predictions, Labels, Weights);

    /// <summary>A search ranks by numbers: to find no entity where there is none is right.</summary>
    private static double EntityF1(EntityScores scores) => scores is { True: 0, Predicted: 0 } ? 1 : scores.F1;

    private static float[] Take(float[] values, int[] rows, int width) => [.. rows.SelectMany(row => values.AsSpan(row * width, width).ToArray())];
}
