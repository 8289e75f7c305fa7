namespace Microsoft.ML.Nas.Reports.Charts;

/// <summary>A point of a plot.</summary>
/// <param name="X">Where it lies on the horizontal axis.</param>
/// <param name="Y">Where it lies on the vertical axis.</param>
/// <param name="Hint">What is shown when it is pointed at; null for nothing.</param>
internal readonly record struct PlotPoint(double X, double Y, string? Hint = null);
