using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>What a model says of the validation rows, and what is true of them.</summary>
/// <param name="Predictions">Probabilities, or predictions in the label's unit.</param>
/// <param name="Labels">0 or 1, class indices, or values in the label's unit; one per row.</param>
/// <param name="Weights">Example weights; null where all are equal.</param>
internal sealed record ValidationAnswers(Predictions Predictions, float[] Labels, float[]? Weights)
{
    /// <summary>The answers about some of the rows, in the given order.</summary>
    public ValidationAnswers Subset(int[] rows) => new(
        new([.. rows.SelectMany(row => Predictions.Values.AsSpan(row * Predictions.Columns, Predictions.Columns).ToArray())], Predictions.Columns),
        Array.ConvertAll(rows, row => Labels[row]),
        Weights is null ? null : Array.ConvertAll(rows, row => Weights[row]));

    public double Score(SearchMetric metric) => Scores.Of(metric, Predictions, Labels, Weights);
}
