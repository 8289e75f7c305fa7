using Microsoft.ML.Nas.Data.Texts;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data;

/// <summary>Turns splits of one set of rows into tensors.</summary>
/// <param name="raw">The rows.</param>
/// <param name="weighting">How classes weigh; applied to training rows, never to validation rows, whose metric keeps its meaning.</param>
/// <param name="device">Where the tensors live.</param>
/// <param name="augmentation">How training rows are varied at random; null for not at all.</param>
internal sealed class SplitEncoder(RawRows raw, ClassWeighting weighting, Device device, ImageAugmentation? augmentation = null)
{
    /// <summary>Fits an encoder on the split's training rows, and encodes both parts with it.</summary>
    public (DataSplit Data, InputEncoder Encoder) Encode(RowSplit split)
    {
        var encoder = raw.FitEncoder(split.Train);
        return (Encode(split, encoder, FitTarget(split.Train)), encoder);
    }

    /// <summary>Encodes both parts with what another split was fitted on.</summary>
    public DataSplit Encode(RowSplit split, InputEncoder encoder, Target target) => new(
        encoder.Shape,
        target,
        Rows(encoder, target, split.Train, weighting, augmentation),
        Rows(encoder, target, split.Validation, ClassWeighting.None));

    private Target FitTarget(int[] rows)
    {
        if (raw.Plan.Task != LearningTask.Regression) return new(raw.Plan.Task, raw.Plan.Label.Classes) { Entities = raw.Plan.Label.Entities };
        var mean = rows.Average(row => (double)raw.Labels[row]);
        var scale = Math.Sqrt(rows.Average(row => (raw.Labels[row] - mean) * (raw.Labels[row] - mean)));
        return new(LearningTask.Regression, 1, (float)mean, (float)scale is > 0 and var std ? std : 1f);
    }

    private LabeledRows Rows(InputEncoder encoder, Target target, int[] rows, ClassWeighting weighting, ImageAugmentation? augmentation = null)
    {
        var features = Move(encoder.Encode(raw, rows));
        var most = target.LabelsOf(encoder.Shape);
        var counts = Array.ConvertAll(rows, row => Math.Min(raw.LabelsOf(row).Length, most));
        var labels = new float[counts.Sum()];
        for (int i = 0, start = 0; i < rows.Length; start += counts[i++]) raw.LabelsOf(rows[i])[..counts[i]].CopyTo(labels.AsSpan(start));
        long[] shape = target.Task == LearningTask.SequenceLabeling ? [rows.Length, most] : [rows.Length];
        return new(
            features,
            target.Task switch
            {
                LearningTask.MulticlassClassification or LearningTask.SequenceLabeling =>
                    Place(shape, Spread(Array.ConvertAll(labels, static label => (long)label), counts, most, LabeledRows.Unlabeled)),
                LearningTask.BinaryClassification => Place(shape, labels),
                _ => Place(shape, Array.ConvertAll(labels, label => (float)(((double)label - target.Mean) / target.Scale))),
            },
            Weights(rows, labels, counts, weighting) is { } weights ? Place(shape, Spread(weights, counts, most, 0f)) : null)
        {
            Augmentation = augmentation,
            Lengths = TextLengths.Of(encoder.Shape, features),
        };
    }

    /// <summary>Rows of as many values, of rows of several numbers of values: the last ones are filled in.</summary>
    private static T[] Spread<T>(T[] values, int[] counts, int width, T filling)
    {
        var spread = new T[counts.Length * width];
        Array.Fill(spread, filling);
        for (int row = 0, start = 0; row < counts.Length; start += counts[row++]) values.AsSpan(start, counts[row]).CopyTo(spread.AsSpan(row * width));
        return spread;
    }

    // Detached: a caller's dispose scope must not end the rows' life.
    private Tensor Place(long[] shape, Array values) => (values.Length == 0
        ? empty(shape, values is long[] ? ScalarType.Int64 : ScalarType.Float32, device)
        : (values is long[] whole ? tensor(whole, shape, device: device) : tensor((float[])values, shape, device: device))).DetachFromDisposeScope();

    private Tensor Move(Tensor values)
    {
        var moved = values.to(device);
        if (!ReferenceEquals(moved, values)) values.Dispose();
        return moved.DetachFromDisposeScope();
    }

    /// <summary>The weight of every label, 1 in the mean; null where all weigh the same.</summary>
    private float[]? Weights(int[] rows, float[] labels, int[] counts, ClassWeighting weighting)
    {
        var isBalanced = weighting == ClassWeighting.Balanced && raw.Plan.Task != LearningTask.Regression;
        if (raw.Weights is null && !isBalanced) return null;
        double[] weights = [.. rows.Zip(counts, (row, count) => Enumerable.Repeat((double)(raw.Weights?[row] ?? 1), count)).SelectMany(static row => row)];
        if (isBalanced)
        {
            var totals = new double[raw.Plan.Label.Classes];
            for (var i = 0; i < labels.Length; i++) totals[(int)labels[i]] += weights[i];
            for (var i = 0; i < labels.Length; i++)
                if (totals[(int)labels[i]] is > 0 and var total) weights[i] /= total;
        }
        var mean = weights.DefaultIfEmpty(0).Average();
        return mean > 0 ? Array.ConvertAll(weights, weight => (float)(weight / mean)) : null;
    }
}
