namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.ProxylessNas"/>.</summary>
public sealed class ProxylessNasOptions : BilevelOptions;
