using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Proxies;

/// <summary>Lets a zero-cost proxy pick one of several proposals of any sampler (Abdelfattah 2021, "zero-cost move").</summary>
public sealed class ProxyFilter : Sampler
{
    private readonly Sampler _sampler;
    private readonly Proxy _proxy;
    private readonly int _rows;

    /// <summary>Creates the sampler.</summary>
    /// <param name="sampler">Proposes.</param>
    /// <param name="proxy">Picks.</param>
    /// <param name="rows">The number of training rows the proxy looks at. Default 64.</param>
    public ProxyFilter(Sampler sampler, Proxy proxy, int rows = 64)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(proxy);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (_sampler, _proxy, _rows) = (sampler, proxy, rows);
    }

    /// <inheritdoc/>
    public override string Name => $"{_sampler.Name}, filtered by {_proxy.Name}";

    /// <summary>The number of proposals that the proxy picks from. Default 5.</summary>
    public int Proposals { get; init; } = 5;

    /// <inheritdoc/>
    public override Genotype? Propose(SearchHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        var scores = history.Memo(this, () => new ProxyScores(history, _proxy, _rows));
        return Enumerable.Range(0, Proposals).Select(_ => _sampler.Propose(history, new Random(random.Next()))).OfType<Genotype>()
            .Distinct().MaxBy(genotype => scores[genotype]);
    }
}
