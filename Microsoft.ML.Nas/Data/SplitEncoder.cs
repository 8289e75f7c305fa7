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
        Rows(encoder, target, split.Train, TrainingWeights(split.Train), augmentation),
        Rows(encoder, target, split.Validation, ExampleWeights(split.Validation)));

    private Target FitTarget(int[] rows)
    {
        if (raw.Plan.Task != LearningTask.Regression) return new(raw.Plan.Task, raw.Plan.Label.Classes);
        var mean = rows.Average(row => (double)raw.Labels[row]);
        var scale = Math.Sqrt(rows.Average(row => (raw.Labels[row] - mean) * (raw.Labels[row] - mean)));
        return new(LearningTask.Regression, 1, (float)mean, (float)scale is > 0 and var std ? std : 1f);
    }

    private LabeledRows Rows(InputEncoder encoder, Target target, int[] rows, float[]? weights, ImageAugmentation? augmentation = null)
    {
        var features = Move(encoder.Encode(raw, rows));
        var labels = target.Task switch
        {
            LearningTask.MulticlassClassification => Place([rows.Length], Array.ConvertAll(rows, row => (long)raw.Labels[row])),
            LearningTask.BinaryClassification => Place([rows.Length], Array.ConvertAll(rows, row => raw.Labels[row])),
            _ => Place([rows.Length], Array.ConvertAll(rows, row => (float)(((double)raw.Labels[row] - target.Mean) / target.Scale))),
        };
        return new(features, labels, weights is null ? null : Place([rows.Length], weights))
        {
            Augmentation = augmentation,
            Lengths = TextLengths.Of(encoder.Shape, features),
        };
    }

    // Detached: a caller's dispose scope must not end the rows' life.
    private Tensor Place(long[] shape, float[] values) => (values.Length == 0
        ? empty(shape, ScalarType.Float32, device)
        : tensor(values, shape, device: device)).DetachFromDisposeScope();

    private Tensor Move(Tensor values)
    {
        var moved = values.to(device);
        if (!ReferenceEquals(moved, values)) values.Dispose();
        return moved.DetachFromDisposeScope();
    }

    private Tensor Place(long[] shape, long[] values) => (values.Length == 0
        ? empty(shape, ScalarType.Int64, device)
        : tensor(values, shape, device: device)).DetachFromDisposeScope();

    private float[]? ExampleWeights(int[] rows) =>
        raw.Weights is { } weights ? Normalise(Array.ConvertAll(rows, row => (double)weights[row])) : null;

    private float[]? TrainingWeights(int[] rows)
    {
        if (weighting == ClassWeighting.None || raw.Plan.Task == LearningTask.Regression) return ExampleWeights(rows);
        var examples = Array.ConvertAll(rows, row => raw.Weights is { } weights ? weights[row] : 1.0);
        var totals = new double[raw.Plan.Label.Classes];
        for (var i = 0; i < rows.Length; i++) totals[(int)raw.Labels[rows[i]]] += examples[i];
        for (var i = 0; i < rows.Length; i++)
            if (totals[(int)raw.Labels[rows[i]]] is > 0 and var total) examples[i] /= total;
        return Normalise(examples);
    }

    private static float[]? Normalise(double[] weights)
    {
        var mean = weights.DefaultIfEmpty(0).Average();
        return mean > 0 ? Array.ConvertAll(weights, weight => (float)(weight / mean)) : null;
    }
}
