namespace Microsoft.ML.Nas.Operations;

/// <summary>What a feed-forward block applies between its two linear layers.</summary>
public enum FeedForwardActivation
{
    /// <summary><c>max(x, 0)</c>, as in the first Transformer (Vaswani 2017).</summary>
    Relu,

    /// <summary>The Gaussian error linear unit (Hendrycks 2016), as in BERT.</summary>
    Gelu,

    /// <summary>Half of the hidden units, gated by the rectified other half (ReGLU, Shazeer 2020), as in FT-Transformer.</summary>
    Reglu,
}
