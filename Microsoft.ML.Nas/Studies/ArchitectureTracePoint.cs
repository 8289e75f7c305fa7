using System.Collections.Immutable;

namespace Microsoft.ML.Nas;

/// <summary>One moment of an <see cref="ArchitectureTrace"/>.</summary>
/// <param name="Step">The number of the supernet epoch, or of the trial where there is no supernet.</param>
/// <param name="Probabilities">For each decision of the space, in its order, the probability of every option; empty where the strategy does not learn the decision.</param>
public sealed record ArchitectureTracePoint(int Step, ImmutableArray<ImmutableArray<float>> Probabilities);
