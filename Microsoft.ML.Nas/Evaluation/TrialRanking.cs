namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Orders trials.</summary>
internal static class TrialRanking
{
    /// <summary>The complete trials, best first: higher fidelities before lower ones; of equal ones the cheaper first, then the earlier.</summary>
    public static IEnumerable<Trial> Ranked(IEnumerable<Trial> trials, SearchMetric metric) => trials
        .Where(static trial => trial.State == TrialState.Complete)
        .Order(Comparer<Trial>.Create((left, right) => Compare(left, right, value => metric.AsReward(value))));

    /// <summary>The best complete trial; null where there is none.</summary>
    public static Trial? Best(IEnumerable<Trial> trials, SearchMetric metric) => Ranked(trials, metric).FirstOrDefault();

    /// <summary>Negative where the left trial ranks before the right one.</summary>
    public static int Compare(Trial left, Trial right, Func<double, double> reward)
    {
        var order = right.Fidelity.CompareTo(left.Fidelity);
        if (order == 0) order = reward(right.Metric).CompareTo(reward(left.Metric));
        if (order == 0) order = left.Cost.Macs.CompareTo(right.Cost.Macs);
        return order != 0 ? order : left.Number.CompareTo(right.Number);
    }
}
