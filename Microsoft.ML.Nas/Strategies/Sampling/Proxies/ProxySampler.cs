using Microsoft.ML.Nas.Evaluation.ZeroCost;

namespace Microsoft.ML.Nas.Strategies.Sampling.Proxies;

/// <summary>A sampler that a zero-cost proxy helps (Abdelfattah 2021, "Zero-Cost Proxies for Lightweight NAS").</summary>
public abstract class ProxySampler : Sampler
{
    private readonly int _rows;

    private protected ProxySampler(Sampler sampler, Proxy proxy, int rows)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(proxy);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (Sampler, Proxy, _rows) = (sampler, proxy, rows);
    }

    private protected Sampler Sampler { get; }

    private protected Proxy Proxy { get; }

    private protected ProxyScores ScoresFor(SearchHistory history) => new(history, Proxy, _rows);
}
