using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Proxies;

/// <summary>
/// Starts any sampler where a zero-cost proxy sees promise (Abdelfattah 2021): first come the architectures that the proxy likes best among many drawn uniformly, then
/// what the sampler proposes, having seen their results.
/// </summary>
/// <param name="sampler">Goes on after the start.</param>
/// <param name="proxy">Chooses the start.</param>
/// <param name="rows">The number of training rows the proxy looks at. Default 64.</param>
/// <exception cref="ArgumentNullException">No sampler or no proxy.</exception>
/// <exception cref="ArgumentOutOfRangeException">Less than one row.</exception>
public sealed class ProxyWarmStart(Sampler sampler, Proxy proxy, int rows = 64) : ProxySampler(sampler, proxy, rows)
{
    /// <inheritdoc/>
    public override string Name => $"{Sampler.Name}, started by {Proxy.Name}";

    /// <summary>The number of architectures that the proxy scores. Default 100.</summary>
    public int Candidates { get; init; } = 100;

    /// <summary>The number of those that are proposed, best first. Default 10.</summary>
    public int Starts { get; init; } = 10;

    /// <inheritdoc/>
    public override Genotype? Propose(SearchHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(history);
        var starts = history.Memo(this, () => Choose(history));
        foreach (var start in starts)
            if (history.IsNew(start)) return start;
        return Sampler.Propose(history, random);
    }

    private Genotype[] Choose(SearchHistory history)
    {
        var random = new Random(Seeds.Derive(history.Seed, Name));
        var scores = ScoresFor(history);
        return [.. Enumerable.Range(0, Candidates).Select(_ => history.Space.Sample(random)).Distinct().Where(history.Allows)
            .TakeWhile(_ => !history.IsOver()).Select(genotype => (Genotype: genotype, Score: scores[genotype]))
            .OrderByDescending(static pair => pair.Score).Take(Starts).Select(static pair => pair.Genotype)];
    }
}
