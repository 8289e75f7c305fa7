using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Ranks architectures by a zero-cost proxy: no training.</summary>
/// <param name="proxy">The proxy.</param>
/// <param name="rows">The number of training rows the proxy looks at. Default 64.</param>
public sealed class ProxyEvaluator(Proxy proxy, int rows = 64) : Evaluator
{
    /// <inheritdoc/>
    public override string Name => proxy.Name;

    /// <inheritdoc/>
    public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scored = new ProxyContext(architecture, context.Splits[0], rows, Training.Seeds.Derive(context.SearchSeed, proxy.Name));
        return new(proxy.Score(scored), scored.Cost);
    }

    /// <summary>Higher is better, whatever the search's metric is.</summary>
    public override double RewardOf(double metric, SearchMetric searchMetric) => metric;
}
