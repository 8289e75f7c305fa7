using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>The distance between a network's answers and a teacher's (Hinton 2015, at temperature 1).</summary>
internal static class Distillation
{
    /// <param name="target">What the head predicts.</param>
    /// <param name="outputs">Logits or standardised predictions, <c>[batch, members, outputs]</c>.</param>
    /// <param name="teacher">The teacher's, of the same shape; no gradient flows into them.</param>
    /// <returns>The mean cross-entropy with the teacher's probabilities, or the mean squared difference.</returns>
    public static Tensor Loss(Target target, Tensor outputs, Tensor teacher) => target.Task switch
    {
        LearningTask.MulticlassClassification => -(teacher.softmax(-1) * outputs.log_softmax(-1)).sum(-1).mean(),
        LearningTask.BinaryClassification => functional.binary_cross_entropy_with_logits(outputs, teacher.sigmoid()),
        _ => functional.mse_loss(outputs, teacher),
    };
}
