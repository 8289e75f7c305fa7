namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>What functional ANOVA says.</summary>
/// <param name="MainEffects">For each feature the share of the variance that it explains on its own, 0 to 1.</param>
/// <param name="Means">For each feature and option the mean value over all combinations of the others.</param>
/// <param name="UnseenRSquared">The share of the variance that the forest explains in rows it has not seen; at or below 0 it knows nothing. NaN where nothing was held out.</param>
internal sealed record AnovaResult(double[] MainEffects, double[][] Means, double UnseenRSquared);
