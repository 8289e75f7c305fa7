namespace Microsoft.ML.Nas.Training;

/// <summary>A training whose loss, predictions or gradients were no longer finite.</summary>
internal sealed class DivergedException(int epoch, string what = "the loss or a prediction is") : Exception($"The training diverged: {what} not finite in epoch {epoch}.");
