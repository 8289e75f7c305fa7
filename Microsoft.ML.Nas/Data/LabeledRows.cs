using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data;

/// <summary>Encoded rows with labels and weights, ready for training. Owns its tensors.</summary>
/// <param name="features">Float, <c>[rows, ...]</c>: the dimensions after the first are the input shape's.</param>
/// <param name="labels">Binary: float 0 or 1, <c>[rows]</c>. Multiclass: int64 class, <c>[rows]</c>. Regression: float, standardised, <c>[rows]</c>.</param>
/// <param name="weights">Float example weights, <c>[rows]</c>, mean 1; null where all are equal.</param>
public sealed class LabeledRows(Tensor features, Tensor labels, Tensor? weights = null) : IDisposable
{
    /// <summary>Float, <c>[rows, ...]</c>.</summary>
    public Tensor Features { get; } = features;

    /// <summary>Labels, <c>[rows]</c>: float 0/1, int64 class or float standardised value.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>Float example weights, <c>[rows]</c>, or null where all are equal.</summary>
    public Tensor? Weights { get; } = weights;

    /// <summary>The number of rows.</summary>
    public int Count { get; } = checked((int)features.shape[0]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        Labels.Dispose();
        Weights?.Dispose();
    }
}
