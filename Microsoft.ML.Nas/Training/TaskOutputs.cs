using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>What a network's outputs mean: how far they are from labels, and what they predict. One class a task.</summary>
internal abstract class TaskOutputs
{
    /// <summary>The meaning of outputs for a target.</summary>
    public static TaskOutputs Of(Target target) => target.Task switch
    {
        LearningTask.BinaryClassification => BinaryOutputs.Instance,
        LearningTask.MulticlassClassification => MulticlassOutputs.Instance,
        LearningTask.SequenceLabeling => TokenOutputs.Instance,
        _ => new RegressionOutputs(target.Mean, target.Scale),
    };

    /// <summary>The training loss, a scalar.</summary>
    /// <param name="outputs">What a network gave, <c>[batch, members, outputs]</c> or, for every token, <c>[batch, tokens, outputs]</c>.</param>
    /// <param name="labels">Labels as <see cref="LabeledRows.Labels"/> holds them.</param>
    /// <param name="weights">Weights as <see cref="LabeledRows.Weights"/> holds them, or null.</param>
    /// <param name="labelSmoothing">The share of a class label that is spread over all classes.</param>
    public abstract Tensor Loss(Tensor outputs, Tensor labels, Tensor? weights, double labelSmoothing = 0);

    /// <summary>
    /// The distance from a teacher's answers, a scalar (Hinton 2015, at temperature 1): the mean cross-entropy with its probabilities, or the mean
    /// squared difference.
    /// </summary>
    /// <param name="outputs">What a network gave.</param>
    /// <param name="teacher">What the teacher gave, of the same shape; no gradient flows into it.</param>
    public abstract Tensor Distance(Tensor outputs, Tensor teacher);

    /// <summary>Probabilities, or predictions in the label's own unit, averaged over members: <c>[batch, outputs]</c> or <c>[batch, tokens, outputs]</c>.</summary>
    /// <param name="outputs">What a network gave.</param>
    /// <param name="features">The rows that it was given.</param>
    public abstract Tensor Predict(Tensor outputs, Tensor features);

    /// <summary>The same as ONNX nodes.</summary>
    public abstract GraphValue Predict(GraphBuilder graph, GraphValue outputs, GraphValue features);
}
