using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.GaussianProcess;

/// <summary>
/// Bayesian optimisation with a Gaussian process (Snoek, Larochelle and Adams 2012) over genotypes, compared decision by decision (a Hamming
/// kernel, as in Kandasamy 2018 and Ru 2021 graphs are compared by theirs): proposes what promises the largest expected improvement.
/// </summary>
/// <remarks>
/// What differs from the papers: rewards are learned as normal quantiles of their ranks; the kernel's two parameters are the likeliest of a
/// grid, chosen anew whenever a fifth more is known; improvement is sought among the neighbours of the best architectures and random ones.
/// </remarks>
internal sealed class BayesianSampler(BayesianOptions options) : Sampler
{
    private readonly BayesianOptions _options = options.Validated();

    public override string Name => "Bayesian";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        var evaluated = history.Comparable(_options.StartupTrials);
        if (evaluated.Count < _options.StartupTrials) return DrawNew(history, random);
        var (observed, rewards) = Observations(history, evaluated);
        var values = Encodings.Normal(rewards);
        var (rate, noise) = history.Memo(this, () => new KernelFit()).For(history, evaluated);
        var process = new HammingProcess([.. observed.Select(genotype => Encodings.Options(history.Space, genotype))], values, rate, noise);
        var incumbent = Enumerable.Range(0, values.Length).Max(index => process.Predict(Encodings.Options(history.Space, observed[index])).Mean);
        var (best, bestImprovement) = ((Genotype?)null, double.NegativeInfinity);
        foreach (var candidate in Candidates(history, evaluated, random))
        {
            if (!history.IsNew(candidate)) continue;
            var (mean, deviation) = process.Predict(Encodings.Options(history.Space, candidate));
            var improvement = ExpectedImprovement(mean - incumbent, deviation);
            if (improvement > bestImprovement) (best, bestImprovement) = (candidate, improvement);
        }
        return best ?? DrawNew(history, random);
    }

    /// <summary>What the process is to know: what failed counts as the worst, what is being evaluated as the median.</summary>
    private (List<Genotype> Genotypes, List<double> Rewards) Observations(SearchHistory history, IReadOnlyList<Trial> evaluated)
    {
        IEnumerable<Trial> known = evaluated.Count <= _options.MaxObservations ? evaluated
            : evaluated.OrderByDescending(history.Reward).Take(_options.MaxObservations / 2).Union(evaluated.Skip(evaluated.Count - _options.MaxObservations / 2));
        var (genotypes, rewards) = (new List<Genotype>(), new List<double>());
        foreach (var trial in known) Add(trial.Architecture.Genotype, history.Reward(trial));
        var (worst, median) = (rewards.Min(), rewards.Order().ElementAt(rewards.Count / 2));
        foreach (var trial in history.Failed.TakeLast(_options.MaxObservations / 4)) Add(trial.Architecture.Genotype, worst);
        foreach (var job in history.Pending) Add(job.Genotype, median);
        return (genotypes, rewards);

        void Add(Genotype genotype, double reward)
        {
            genotypes.Add(genotype);
            rewards.Add(reward);
        }
    }

    private IEnumerable<Genotype> Candidates(SearchHistory history, IReadOnlyList<Trial> evaluated, Random random)
    {
        var best = Mutants.Parents(history, evaluated, _options.Parents);
        foreach (var parent in best)
            foreach (var neighbour in Some(history.Space.Neighbours(parent), random)) yield return neighbour;
        for (var draw = 0; draw < _options.RandomCandidates; draw++) yield return history.Space.Sample(random);
    }

    /// <summary>At most as many neighbours as random candidates: a parent in a large space has thousands.</summary>
    private IEnumerable<Genotype> Some(IEnumerable<Genotype> neighbours, Random random)
    {
        var all = neighbours.ToArray();
        if (all.Length <= _options.RandomCandidates) return all;
        random.Shuffle(all);
        return all.Take(_options.RandomCandidates);
    }

    private static double ExpectedImprovement(double gain, double deviation) =>
        gain * NormalDistribution.Cumulative(gain / deviation) + deviation * NormalDistribution.Density(gain / deviation);
}
