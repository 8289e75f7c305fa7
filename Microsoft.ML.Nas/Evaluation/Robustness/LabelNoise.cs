using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.Robustness;

/// <summary>Makes labels wrong.</summary>
internal static class LabelNoise
{
    /// <summary>Labels of which a share is wrong, exactly so many as the share rounds to.</summary>
    /// <param name="labels">Classes, or values.</param>
    /// <param name="target">What they mean.</param>
    /// <param name="share">The share.</param>
    /// <param name="random">Draws rows and labels.</param>
    public static float[] Corrupt(float[] labels, Target target, double share, Random random)
    {
        var order = Enumerable.Range(0, labels.Length).Where(row => target.Task != LearningTask.SequenceLabeling || labels[row] != LabeledRows.Unlabeled).ToArray();
        random.Shuffle(order);
        var noisy = (float[])labels.Clone();
        foreach (var row in order.AsSpan(0, (int)Math.Round(share * order.Length)))
            noisy[row] = target.Task == LearningTask.Regression
                ? labels[random.Next(labels.Length)]
                : ((int)labels[row] + 1 + random.Next(target.Classes - 1)) % target.Classes;
        return noisy;
    }

    /// <summary>The same rows with wrong labels. They share features and weights with the original, which must outlive them: dispose the labels alone.</summary>
    public static LabeledRows Corrupt(LabeledRows rows, Target target, double share, Random random)
    {
        using var scope = NewDisposeScope();
        // In the unit that training takes: classes, or standardised values.
        var noisy = Corrupt(rows.Labels.to_type(ScalarType.Float32).cpu().data<float>().ToArray(), target, share, random);
        var labels = tensor(noisy, rows.Labels.shape).to_type(rows.Labels.dtype).to(rows.Labels.device);
        return new(rows.Features, labels.DetachFromDisposeScope(), rows.Weights) { Augmentation = rows.Augmentation, Lengths = rows.Lengths };
    }
}
