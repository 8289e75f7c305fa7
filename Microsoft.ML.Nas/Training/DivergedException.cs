namespace Microsoft.ML.Nas.Training;

/// <summary>A training whose loss or predictions were no longer finite.</summary>
internal sealed class DivergedException(int epoch) : Exception($"The training diverged: the loss or a prediction is not finite in epoch {epoch}.");
