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
        var parents = evaluated.OrderByDescending(history.Reward).Take(_options.Parents).Select(static trial => trial.Architecture.Genotype).ToArray();
        var (best, bestDraw, seen) = ((Genotype?)null, double.NegativeInfinity, new HashSet<Genotype>());
        for (var draw = 0; draw < _options.Candidates; draw++)
        {
            var candidate = history.Space.Mutate(parents[draw % parents.Length], random);
            if (random.Next(2) == 0) candidate = history.Space.Mutate(candidate, random);
            if (!seen.Add(candidate) || !history.IsNew(candidate)) continue;
            var (mean, deviation) = predictor.Predict(candidate);
            var value = mean + deviation * NormalDistribution.Draw(random);
            if (value > bestDraw) (best, bestDraw) = (candidate, value);
        }
        return best ?? MutateUntilNew(history, parents[random.Next(parents.Length)], random);
    }
}
