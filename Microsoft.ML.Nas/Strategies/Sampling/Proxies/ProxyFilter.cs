using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Proxies;

/// <summary>Lets a zero-cost proxy pick one of several proposals of any sampler (Abdelfattah 2021, "zero-cost move").</summary>
/// <param name="sampler">Proposes.</param>
/// <param name="proxy">Picks.</param>
/// <param name="rows">The number of training rows the proxy looks at. Default 64.</param>
/// <exception cref="ArgumentNullException">No sampler or no proxy.</exception>
/// <exception cref="ArgumentOutOfRangeException">Less than one row.</exception>
public sealed class ProxyFilter(Sampler sampler, Proxy proxy, int rows = 64) : ProxySampler(sampler, proxy, rows)
{
    /// <inheritdoc/>
    public override string Name => $"{Sampler.Name}, filtered by {Proxy.Name}";

    /// <summary>The number of proposals that the proxy picks from. Default 5.</summary>
    public int Proposals { get; init; } = 5;

    /// <inheritdoc/>
    public override Genotype? Propose(SearchHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        var scores = history.Memo(this, () => ScoresFor(history));
        return Enumerable.Range(0, Proposals).Select(_ => Sampler.Propose(history, new Random(random.Next()))).OfType<Genotype>()
            .Distinct().TakeWhile(_ => !history.IsOver()).MaxBy(genotype => scores[genotype]);
    }
}
