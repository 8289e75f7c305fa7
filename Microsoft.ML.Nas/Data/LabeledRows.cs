using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data;

/// <summary>Encoded rows with labels and weights, ready for training. Owns its tensors.</summary>
/// <param name="features"><c>[rows, ...]</c>: the dimensions after the first are the input shape's. Float, or bytes for images of bytes.</param>
/// <param name="labels">Binary: float 0 or 1, <c>[rows]</c>. Multiclass: int64 class, <c>[rows]</c>. Regression: float, standardised, <c>[rows]</c>. Labelled tokens: int64 class, <c>[rows, tokens]</c>, <see cref="Unlabeled"/> where a text has ended.</param>
/// <param name="weights">Float example weights of the labels' shape, mean 1 over what has a label; null where all are equal.</param>
public sealed class LabeledRows(Tensor features, Tensor labels, Tensor? weights = null) : IDisposable
{
    /// <summary>What stands in place of a class where there is no token.</summary>
    public const long Unlabeled = -100;

    private (float[] Labels, float[]? Weights)? _known;

    /// <summary><c>[rows, ...]</c>.</summary>
    public Tensor Features { get; } = features;

    /// <summary>Labels, <c>[rows]</c>: float 0/1, int64 class or float standardised value; of tokens int64 classes, <c>[rows, tokens]</c>.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>Float example weights of the labels' shape, or null where all are equal.</summary>
    public Tensor? Weights { get; } = weights;

    /// <summary>How batches of these rows are varied at random; null where they are not.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>Of texts, how many tokens each row has, so that batches can be made of similar ones; null where the rows are no texts.</summary>
    internal int[]? Lengths { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count { get; } = checked((int)features.shape[0]);

    /// <summary>The labels as metrics take them (0 or 1, class indices, or values in the label's own unit; NaN where there is no token) and the weights, on the CPU.</summary>
    internal (float[] Labels, float[]? Weights) Known(Target target)
    {
        if (_known is { } known) return known;
        using var scope = NewDisposeScope();
        var labels = Labels.to_type(ScalarType.Float32).cpu().data<float>().ToArray();
        if (target.Task == LearningTask.Regression)
            for (var row = 0; row < labels.Length; row++) labels[row] = labels[row] * target.Scale + target.Mean;
        if (target.Task == LearningTask.SequenceLabeling) labels.AsSpan().Replace(Unlabeled, float.NaN);
        return (_known = (labels, Weights?.cpu().data<float>().ToArray())).Value;
    }

    /// <summary>A copy of some of the rows, which outlives the current dispose scope.</summary>
    /// <param name="rows">Their numbers, Int64.</param>
    /// <param name="augmentation">How batches of them are varied.</param>
    internal LabeledRows Take(Tensor rows, ImageAugmentation? augmentation) => new(
        Features.index_select(0, rows).DetachFromDisposeScope(),
        Labels.index_select(0, rows).DetachFromDisposeScope(),
        Weights?.index_select(0, rows).DetachFromDisposeScope())
    {
        Augmentation = augmentation,
        Lengths = Lengths is { } lengths ? Array.ConvertAll(rows.cpu().data<long>().ToArray(), row => lengths[row]) : null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        Labels.Dispose();
        Weights?.Dispose();
    }
}
