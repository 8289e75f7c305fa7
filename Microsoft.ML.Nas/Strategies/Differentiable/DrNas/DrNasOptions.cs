namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.DrNas"/>. Weight decay of the alphas holds the distribution near the uniform one, as the paper's penalty does.</summary>
public sealed class DrNasOptions : BilevelOptions;
