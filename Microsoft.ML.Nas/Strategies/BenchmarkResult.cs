namespace Microsoft.ML.Nas;

/// <summary>What a search of a table came to.</summary>
/// <param name="Trials">The trials, in the order in which they ended.</param>
/// <param name="Best">The best complete trial of the highest fidelity reached; null where none is complete.</param>
/// <param name="ParetoFront">The complete trials of the highest fidelity that none beats in the metric and every objective, best metric first.</param>
/// <param name="WasCancelled">Whether the search was cancelled before it ended.</param>
public sealed record BenchmarkResult(IReadOnlyList<Trial> Trials, Trial? Best, IReadOnlyList<Trial> ParetoFront, bool WasCancelled);
