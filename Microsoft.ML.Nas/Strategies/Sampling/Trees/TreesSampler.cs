using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Trees;

/// <summary>
/// Gradient-boosted trees (Friedman 2001; ML.NET's FastTree) predict rewards from the options taken, as performance predictors do
/// (White 2021, "How powerful are performance predictors"); of mutated good architectures the one is proposed that independent Thompson
/// sampling over a few models finds best.
/// </summary>
internal sealed class TreesSampler(TreesOptions options) : Sampler
{
    private readonly TreesOptions _options = options.Validated();

    public override string Name => "Trees";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var evaluated = history.Comparable(_options.StartupTrials);
        if (evaluated.Count < _options.StartupTrials) return DrawNew(history, random);
        var predictor = history.Memo(this, () => new RewardTrees(history.Space, _options, history.Seed));
        predictor.Follow(history, evaluated);
        var parents = Mutants.Parents(history, evaluated, _options.Parents);
        Genotype[] all = [.. Mutants.Draw(history, parents, _options.Candidates, random)];
        if (all.Length == 0) return MutateUntilNew(history, parents[random.Next(parents.Length)], random);
        var draws = predictor.Predict(all).Select(prediction => prediction.Mean + prediction.Deviation * NormalDistribution.Draw(random)).ToArray();
        return all[Array.IndexOf(draws, draws.Max())];
    }
}
