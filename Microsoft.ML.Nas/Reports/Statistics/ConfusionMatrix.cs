using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>How often each class is taken for each.</summary>
internal sealed class ConfusionMatrix
{
    private readonly double[,] _weights;

    private ConfusionMatrix(double[,] weights) => _weights = weights;

    /// <summary>The number of classes.</summary>
    public int Classes => _weights.GetLength(0);

    /// <summary>The weight of the rows of a class that are taken for a class; their number where all rows weigh the same.</summary>
    public double this[int actual, int predicted] => _weights[actual, predicted];

    /// <summary>Counts the most probable class of every row, or token; of two classes the positive one above a probability of one half.</summary>
    public static ConfusionMatrix Of(ValidationAnswers answers)
    {
        var classes = Math.Max(2, answers.Predictions.Columns);
        var weights = new double[classes, classes];
        foreach (var row in answers.Known())
            weights[(int)answers.Labels[row], answers.Predictions.MostProbable(row).Class] += answers.Weights?[row] ?? 1;
        return new(weights);
    }

    /// <summary>The weight of a class's rows.</summary>
    public double Of(int actual) => Enumerable.Range(0, Classes).Sum(predicted => _weights[actual, predicted]);

    /// <summary>The share of a class's rows that are recognised; NaN where it has none.</summary>
    public double Recall(int actual) => _weights[actual, actual] / Of(actual);

    /// <summary>The share of the rows taken for a class that are of it; NaN where there are none.</summary>
    public double Precision(int predicted) => _weights[predicted, predicted] / Enumerable.Range(0, Classes).Sum(actual => _weights[actual, predicted]);
}
