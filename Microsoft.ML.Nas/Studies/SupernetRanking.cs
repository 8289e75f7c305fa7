namespace Microsoft.ML.Nas;

/// <summary>How far a supernet ranks architectures as their own training does.</summary>
/// <param name="Kendall">Kendall's τ-b between losses with shared weights and losses after training alone: 1 is the same ranking, 0 none. NaN where it is not defined.</param>
/// <param name="Spearman">Spearman's ρ between the same.</param>
/// <param name="Architectures">The number of architectures that were ranked both ways.</param>
public sealed record SupernetRanking(double Kendall, double Spearman, int Architectures);
