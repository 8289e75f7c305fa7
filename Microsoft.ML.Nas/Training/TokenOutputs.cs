using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>
/// A logit per class for every token; cross-entropy of the labelled tokens. Networks answer up to the longest text of a batch. What is padding
/// has no loss, and probabilities of zero.
/// </summary>
internal sealed class TokenOutputs : TaskOutputs
{
    public static TokenOutputs Instance { get; } = new();

    public override Tensor Loss(Tensor outputs, Tensor labels, Tensor? weights, double labelSmoothing = 0)
    {
        var tokens = outputs.shape[1];
        var expected = labels.narrow(1, 0, tokens).reshape(-1);
        var loss = functional.cross_entropy(outputs.flatten(0, 1), expected, ignore_index: LabeledRows.Unlabeled, reduction: Reduction.None, label_smoothing: labelSmoothing);
        if (weights is not null) loss = loss * weights.narrow(1, 0, tokens).reshape(-1);
        // A batch of empty texts has no labels, and no loss.
        return loss.sum() / expected.ne(Scalars.Held(LabeledRows.Unlabeled)).sum().clamp_min(Scalars.One);
    }

    public override Tensor Distance(Tensor outputs, Tensor teacher)
    {
        var mask = SequencePadding.Mask(teacher).to_type(outputs.dtype);
        return -((teacher.softmax(-1) * outputs.log_softmax(-1)).sum(-1) * mask).sum() / mask.sum().clamp_min(Scalars.One);
    }

    public override Tensor Predict(Tensor outputs, Tensor features) =>
        outputs.softmax(-1) * features.narrow(1, 0, outputs.shape[1]).ne(Scalars.Held(TokenShape.Padding)).unsqueeze(-1).to_type(outputs.dtype);

    public override GraphValue Predict(GraphBuilder graph, GraphValue outputs, GraphValue features)
    {
        var whole = SequencePadding.FillUp(graph, graph.Softmax(outputs, axis: -1), (int)features.Shape[1].Size!.Value);
        var isToken = graph.Cast(graph.Not(graph.Equal(features, graph.Constant((float)TokenShape.Padding))), ElementType.Float);
        return graph.Mul(whole, graph.Unsqueeze(isToken, axes: [2]));
    }
}
