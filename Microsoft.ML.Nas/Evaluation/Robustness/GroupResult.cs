using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas;

/// <summary>What a model does with the rows of a group. Rates count rows by their example weights.</summary>
/// <param name="Group">The group.</param>
/// <param name="Rows">The number of its rows.</param>
/// <param name="Metric">The metric on them; NaN where it cannot be computed, as an AUC of one class.</param>
/// <param name="SelectionRate">Two classes: how often the positive class is predicted (a probability above one half); else NaN.</param>
/// <param name="TruePositiveRate">Two classes: how often a positive row is recognised; NaN without positive rows.</param>
/// <param name="FalsePositiveRate">Two classes: how often a negative row is taken for a positive one; NaN without negative rows.</param>
public readonly record struct GroupResult(string Group, int Rows, double Metric, double SelectionRate, double TruePositiveRate, double FalsePositiveRate)
{
    internal static GroupResult Of(string group, ValidationAnswers answers, SearchMetric metric, LearningTask task)
    {
        var rows = Enumerable.Range(0, answers.Rows).ToArray();
        return new(group, rows.Length, answers.Score(metric), Rate(static _ => true), Rate(static label => label > 0.5f), Rate(static label => label <= 0.5f));

        double Rate(Func<float, bool> counts)
        {
            if (task != LearningTask.BinaryClassification) return double.NaN;
            var (positive, total) = (0.0, 0.0);
            foreach (var row in rows)
            {
                if (!counts(answers.Labels[row])) continue;
                var weight = answers.Weights?[row] ?? 1;
                total += weight;
                if (answers.Predictions.Values[row] > 0.5f) positive += weight;
            }
            return total > 0 ? positive / total : double.NaN;
        }
    }
}
