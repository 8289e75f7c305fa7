using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>
/// The training loss of every ensemble member, averaged: cross-entropy for classes, squared error of standardised values for regression.
/// </summary>
internal static class Loss
{
    /// <param name="target">What the head predicts.</param>
    /// <param name="outputs">Logits or standardised predictions, <c>[batch, members, outputs]</c>.</param>
    /// <param name="labels">Labels as <see cref="LabeledRows.Labels"/> holds them, <c>[batch]</c>.</param>
    /// <param name="weights">Example weights, <c>[batch]</c>, or null.</param>
    /// <param name="labelSmoothing">The share of a class label that is spread over all classes.</param>
    public static Tensor Of(Target target, Tensor outputs, Tensor labels, Tensor? weights, double labelSmoothing = 0)
    {
        var members = outputs.shape[1];
        var reduction = weights is null ? Reduction.Mean : Reduction.None;
        var expected = labels.unsqueeze(1).expand(labels.shape[0], members);
        var loss = target.Task switch
        {
            LearningTask.MulticlassClassification =>
                functional.cross_entropy(outputs.flatten(0, 1), expected.reshape(-1), reduction: reduction, label_smoothing: labelSmoothing),
            LearningTask.BinaryClassification =>
                functional.binary_cross_entropy_with_logits(outputs.squeeze(-1), labelSmoothing > 0 ? expected * (1 - labelSmoothing) + labelSmoothing / 2 : expected, reduction: reduction),
            _ => functional.mse_loss(outputs.squeeze(-1), expected, reduction),
        };
        return weights is null ? loss : (loss.reshape(-1, members).mean([1]) * weights).mean();
    }
}
