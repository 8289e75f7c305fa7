namespace Microsoft.ML.Nas;

/// <summary>Gives the network's values for the current row.</summary>
internal interface IPredictionSource
{
    /// <summary>The probability of the positive class, a probability per class, or the prediction in the label's unit.</summary>
    ReadOnlySpan<float> Current { get; }
}
