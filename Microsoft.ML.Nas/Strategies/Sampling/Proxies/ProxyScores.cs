using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies.Sampling.Proxies;

/// <summary>A proxy's scores of the architectures of one search, each worked out once.</summary>
internal sealed class ProxyScores(SearchHistory history, Proxy proxy, int rows)
{
    private readonly Dictionary<Genotype, double> _scores = [];

    /// <summary>The score; −∞ where there is none.</summary>
    public double this[Genotype genotype]
    {
        get
        {
            if (_scores.TryGetValue(genotype, out var known)) return known;
            var problem = history.Problem ?? throw new NotSupportedException($"The proxy '{proxy.Name}' makes networks, and a search of a table of results has no data to make them for; leave the proxy out.");
            var score = proxy.Score(new(history.Space.Resolve(genotype), problem.Splits[0], rows, Seeds.Derive(history.Seed, proxy.Name)));
            return _scores[genotype] = double.IsNaN(score) ? double.NegativeInfinity : score;
        }
    }
}
