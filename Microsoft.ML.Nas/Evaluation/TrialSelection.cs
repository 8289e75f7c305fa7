namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Chooses the trials whose architectures are trained at full length.</summary>
internal static class TrialSelection
{
    /// <summary>The best complete trials; fewer where there are not as many.</summary>
    public static IReadOnlyList<Trial> Choose(IReadOnlyList<Trial> trials, SearchMetric metric, int count) =>
        [.. TrialRanking.Ranked(trials, metric).Take(count)];
}
