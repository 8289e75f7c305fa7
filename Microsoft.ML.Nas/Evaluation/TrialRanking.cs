namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Orders trials.</summary>
internal static class TrialRanking
{
    /// <summary>The complete trials, best first; of equal ones the cheaper first, then the earlier.</summary>
    public static IEnumerable<Trial> Ranked(IEnumerable<Trial> trials, SearchMetric metric) => trials
        .Where(static trial => trial.State == TrialState.Complete)
        .OrderByDescending(trial => metric.AsReward(trial.Metric)).ThenBy(static trial => trial.Cost.Macs).ThenBy(static trial => trial.Number);

    /// <summary>The best complete trial; null where there is none.</summary>
    public static Trial? Best(IEnumerable<Trial> trials, SearchMetric metric) => Ranked(trials, metric).FirstOrDefault();
}
