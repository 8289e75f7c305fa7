using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Tpe;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl 2011): models where good and where other architectures lie,
/// and proposes what is most likelier among the good.
/// </summary>
/// <remarks>
/// What differs from the paper: the densities are joint ones, as in BOHB (Falkner, Klein and Hutter 2018), a kernel over all decisions
/// around every architecture; and architectures that failed or are being evaluated count as not good.
/// </remarks>
internal sealed class TpeSampler(TpeOptions options) : Sampler
{
    private readonly TpeOptions _options = options.Validated();

    public override string Name => "TPE";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var evaluated = history.Comparable(_options.StartupTrials);
        if (evaluated.Count < _options.StartupTrials) return DrawNew(history, random);
        var space = history.Space;
        Genotype[] ranked = [.. evaluated.OrderByDescending(history.Reward).Select(static trial => trial.Architecture.Genotype)];
        var goodCount = Math.Clamp((int)Math.Ceiling(_options.GoodShare * ranked.Length), 1, ranked.Length - 1);
        var good = new ParzenEstimator(space, ranked[..goodCount]);
        var others = new ParzenEstimator(space,
            [.. ranked[goodCount..], .. history.Failed.Select(static trial => trial.Architecture.Genotype), .. history.Pending.Select(static job => job.Genotype)]);
        var (best, bestRatio) = ((Genotype?)null, double.NegativeInfinity);
        for (var draw = 0; draw < _options.Candidates; draw++)
        {
            var candidate = good.Draw(random);
            if (!history.IsNew(candidate)) continue;
            var ratio = good.LogDensity(candidate) - others.LogDensity(candidate);
            if (ratio > bestRatio) (best, bestRatio) = (candidate, ratio);
        }
        return best ?? MutateUntilNew(history, ranked[random.Next(goodCount)], random);
    }
}
