using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Chooses the trials whose architectures are trained at full length.</summary>
/// <remarks>
/// Differences within the tolerance are validation noise, so that of such architectures the cheapest is the better choice: it scores
/// faster at no measurable loss. Nothing is chosen that ranks below trial zero.
/// </remarks>
internal static class TrialSelection
{
    /// <summary>The difference that counts as noise: of a share (AUC, accuracy, R²) as such, of a loss or an error relative to the best.</summary>
    private const double Tolerance = 0.002;

    /// <summary>Scoring a value in an elementwise operation takes ONNX Runtime about as long as 16 multiply-adds in a matrix product.</summary>
    private const int MacsPerActivation = 16;

    /// <summary>The cheapest of the best complete trials, then the best of the others; fewer than asked where there are not as many.</summary>
    public static IReadOnlyList<Trial> Choose(IReadOnlyList<Trial> trials, SearchMetric metric, int count)
    {
        var ranked = TrialRanking.Ranked(trials, metric).ToArray();
        if (ranked.Length == 0) return [];
        var best = ranked[0];
        var margin = Tolerance * (metric.HigherIsBetter() ? 1 : Math.Abs(best.Metric));
        var floor = metric.AsReward(best.Metric) - margin;
        if (trials[0].State == TrialState.Complete && trials[0].Fidelity == best.Fidelity) floor = Math.Max(floor, metric.AsReward(trials[0].Metric));
        var first = ranked.TakeWhile(trial => trial.Fidelity == best.Fidelity && metric.AsReward(trial.Metric) >= floor).MinBy(static trial => ScoringCost(trial.Cost))!;
        return [.. ranked.Where(trial => trial != first).Prepend(first).Take(count)];
    }

    private static long ScoringCost(Cost cost) => cost.Macs + MacsPerActivation * cost.ActivationBytes / sizeof(float);
}
