using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Computes metrics from predictions and labels.</summary>
internal static class Scores
{
    /// <param name="metric">The metric.</param>
    /// <param name="predictions">Probabilities, or predictions in the label's unit.</param>
    /// <param name="labels">0 or 1, class indices, or values in the label's unit; one per row, or token. NaN where there is none.</param>
    /// <param name="weights">Example weights; null where all are equal.</param>
    public static double Of(SearchMetric metric, Predictions predictions, float[] labels, float[]? weights = null) => metric switch
    {
        SearchMetric.AreaUnderRocCurve => AreaUnderRocCurve(predictions.Values, labels, weights),
        SearchMetric.Accuracy => Mean(labels, weights, row => IsRight(predictions, labels, row) ? 1 : 0),
        SearchMetric.MacroAccuracy => MacroAccuracy(predictions, labels, weights),
        SearchMetric.LogLoss => Mean(labels, weights, row => -Math.Log(Math.Max(Likelihood(predictions, labels, row), 1e-15))),
        SearchMetric.MeanAbsoluteError => Mean(labels, weights, row => Math.Abs(predictions.Values[row] - labels[row])),
        SearchMetric.RootMeanSquaredError => Math.Sqrt(SquaredError(predictions, labels, weights)),
        SearchMetric.RSquared => 1 - SquaredError(predictions, labels, weights) / Variance(labels, weights),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Unknown metric."),
    };

    private static double SquaredError(Predictions predictions, float[] labels, float[]? weights) =>
        Mean(labels, weights, row => Square(predictions.Values[row] - (double)labels[row]));

    private static double Variance(float[] labels, float[]? weights)
    {
        var mean = Mean(labels, weights, row => labels[row]);
        return Mean(labels, weights, row => Square(labels[row] - mean));
    }

    private static double Square(double value) => value * value;

    private static bool IsRight(Predictions predictions, float[] labels, int row) => predictions.MostProbable(row).Class == (int)labels[row];

    private static double Likelihood(Predictions predictions, float[] labels, int row) => predictions.Columns == 1
        ? labels[row] > 0.5f ? predictions.Values[row] : 1 - predictions.Values[row]
        : predictions.Values[row * predictions.Columns + (int)labels[row]];

    /// <summary>The mean over the classes that labels have of the share of a class's rows that are recognised.</summary>
    private static double MacroAccuracy(Predictions predictions, float[] labels, float[]? weights) =>
        labels.Distinct().Where(static label => !float.IsNaN(label))
            .Select(label => Mean(Array.ConvertAll(labels, other => other == label ? label : float.NaN), weights, row => IsRight(predictions, labels, row) ? 1 : 0))
            .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static double Mean(float[] labels, float[]? weights, Func<int, double> value)
    {
        double sum = 0, total = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            if (float.IsNaN(labels[row])) continue;
            var weight = weights?[row] ?? 1;
            sum += weight * value(row);
            total += weight;
        }
        return total > 0 ? sum / total : double.NaN;
    }

    /// <summary>The probability that a positive row is ranked above a negative one, ties counting half.</summary>
    private static double AreaUnderRocCurve(float[] scores, float[] labels, float[]? weights)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort((float[])scores.Clone(), order);
        double area = 0, negativesBelow = 0, positives = 0;
        for (var start = 0; start < order.Length;)
        {
            double tiedPositives = 0, tiedNegatives = 0;
            var end = start;
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
                var weight = weights?[order[end]] ?? 1;
                if (labels[order[end]] > 0.5f) tiedPositives += weight;
                else tiedNegatives += weight;
            }
            area += tiedPositives * (negativesBelow + tiedNegatives / 2);
            negativesBelow += tiedNegatives;
            positives += tiedPositives;
            start = end;
        }
        return positives > 0 && negativesBelow > 0 ? area / (positives * negativesBelow) : double.NaN;
    }
}
