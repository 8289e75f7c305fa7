using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>An evaluation to be done.</summary>
/// <param name="Genotype">The architecture.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Fidelity">The share of a full evaluation, above 0 and at most 1.</param>
/// <param name="Continues">The number of the trial of the same architecture whose result earned it this fidelity; null where there is none.</param>
public sealed record Job(Genotype Genotype, string Origin, double Fidelity = 1, int? Continues = null);
