namespace Microsoft.ML.Nas.Operations;

/// <summary>Where the vectors of positions come from.</summary>
public enum PositionalEncodingKind
{
    /// <summary>Sines and cosines of wavelengths from 2π to 20,000π (Vaswani 2017).</summary>
    Sinusoidal,

    /// <summary>A learned vector for every position (Gehring 2017).</summary>
    Learned,
}
