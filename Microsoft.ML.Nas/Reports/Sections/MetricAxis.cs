using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Reports.Charts;

namespace Microsoft.ML.Nas.Reports.Sections;

/// <summary>An axis for a metric that a few very bad trials do not squash.</summary>
internal static class MetricAxis
{
    /// <param name="metric">The metric.</param>
    /// <param name="values">Its values; those that are not finite do not count.</param>
    /// <param name="beyond">The number of values that lie beyond the axis, on its bad side.</param>
    public static Axis Of(SearchMetric metric, IEnumerable<double> values, out int beyond)
    {
        var rewards = values.Where(double.IsFinite).Select(value => metric.AsReward(value)).Order().ToArray();
        beyond = 0;
        if (rewards.Length > 0)
        {
            var (best, low) = (rewards[^1], rewards[rewards.Length / 10]);
            var limit = low - 2 * (best - low);
            beyond = low < best ? rewards.Count(reward => reward < limit) : 0;
        }
        return Axis.Linear(metric.DisplayName(), rewards.Skip(beyond).Select(reward => metric.AsReward(reward)));
    }
}
