using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas;

/// <summary>How a model treats the groups of a sensitive column, on validation rows. Differences are between the groups that differ most; 0 is equal treatment.</summary>
/// <param name="Column">The column.</param>
/// <param name="Groups">The groups that have validation rows, largest first.</param>
public sealed record FairnessReport(string Column, IReadOnlyList<GroupResult> Groups)
{
    /// <summary>Two classes: the difference in how often the positive class is predicted, demographic parity (Dwork 2012). NaN for other tasks.</summary>
    public double DemographicParityDifference => Spread(static group => group.SelectionRate);

    /// <summary>Two classes: the difference in how often a positive row is recognised, equal opportunity (Hardt 2016). Groups without positive rows do not count. NaN for other tasks.</summary>
    public double EqualOpportunityDifference => Spread(static group => group.TruePositiveRate);

    /// <summary>Two classes: the larger of the differences in true and in false positive rates, equalized odds (Hardt 2016). NaN for other tasks.</summary>
    public double EqualizedOddsDifference => Math.Max(EqualOpportunityDifference, Spread(static group => group.FalsePositiveRate));

    /// <summary>The difference in the metric.</summary>
    public double MetricDifference => Spread(static group => group.Metric);

    /// <param name="column">The column.</param>
    /// <param name="answers">What the model says of rows.</param>
    /// <param name="groups">Each row's group.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="task">What is learned.</param>
    internal static FairnessReport Of(string column, ValidationAnswers answers, IReadOnlyList<string> groups, SearchMetric metric, LearningTask task) => new(column,
    [
        .. Enumerable.Range(0, answers.Rows).GroupBy(row => groups[row], StringComparer.Ordinal)
            .Select(group => GroupResult.Of(group.Key, answers.Subset([.. group]), metric, task))
            .OrderByDescending(static group => group.Rows).ThenBy(static group => group.Group, StringComparer.Ordinal),
    ]);

    private double Spread(Func<GroupResult, double> rate)
    {
        var known = Groups.Select(rate).Where(double.IsFinite).ToArray();
        return known.Length == 0 ? double.NaN : known.Max() - known.Min();
    }
}
