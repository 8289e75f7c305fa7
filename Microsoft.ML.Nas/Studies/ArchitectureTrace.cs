using System.Collections.Immutable;

namespace Microsoft.ML.Nas;

/// <summary>
/// How the probability of every option moved while a strategy learned: the softmax of the alphas of a differentiable search, or the policy
/// of a controller. Empty for strategies that learn no probabilities.
/// </summary>
public sealed class ArchitectureTrace
{
    private readonly List<ArchitectureTracePoint> _points = [];

    /// <summary>The moments that were recorded, in order.</summary>
    public IReadOnlyList<ArchitectureTracePoint> Points => _points;

    /// <summary>Records a moment.</summary>
    /// <param name="step">The number of the epoch, or of the trial where there is no supernet.</param>
    /// <param name="probabilities">For each decision of the space the probability of every option; null where the strategy does not learn the decision.</param>
    internal void Add(int step, IReadOnlyList<float[]?> probabilities) =>
        _points.Add(new(step, [.. probabilities.Select(static options => options is null ? ImmutableArray<float>.Empty : [.. options])]));
}
