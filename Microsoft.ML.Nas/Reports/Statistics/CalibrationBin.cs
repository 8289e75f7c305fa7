namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>Rows of which a model says about the same.</summary>
/// <param name="Said">The mean probability.</param>
/// <param name="True">The share of which it is true.</param>
/// <param name="Share">The share of all rows, by weight.</param>
internal readonly record struct CalibrationBin(double Said, double True, double Share);
