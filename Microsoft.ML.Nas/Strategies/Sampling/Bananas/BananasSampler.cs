using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Bananas;

/// <summary>
/// BANANAS (White, Neiswanger and Savani 2021): an ensemble of networks predicts rewards from path encodings; of mutated good
/// architectures the one is proposed that independent Thompson sampling finds best.
/// </summary>
/// <remarks>
/// What differs from the paper: the networks are small and learn on with every evaluation instead of being trained anew after every ten;
/// they minimise the squared error of the rewards' normal quantiles; decisions outside cells are encoded by their options.
/// </remarks>
internal sealed class BananasSampler(BananasOptions options) : Sampler
{
    private readonly BananasOptions _options = options.Validated();

    public override string Name => "BANANAS";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var predictor = history.Memo(this, () => new RewardPredictor(history.Space, _options, Seeds.Derive(history.Seed, Name)));
        predictor.Follow(history, _options.StartupTrials);
        var evaluated = history.Comparable(_options.StartupTrials);
        if (evaluated.Count < _options.StartupTrials) return DrawNew(history, random);
        var parents = Mutants.Parents(history, evaluated, _options.Parents);
        var (best, bestDraw) = ((Genotype?)null, double.NegativeInfinity);
        foreach (var candidate in Mutants.Draw(history, parents, _options.Candidates, random))
        {
            var (mean, deviation) = predictor.Predict(candidate);
            var value = mean + deviation * NormalDistribution.Draw(random);
            if (value > bestDraw) (best, bestDraw) = (candidate, value);
        }
        return best ?? MutateUntilNew(history, parents[random.Next(parents.Length)], random);
    }
}
