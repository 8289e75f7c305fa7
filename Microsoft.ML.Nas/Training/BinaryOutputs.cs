using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>A logit of the positive class; cross-entropy.</summary>
internal sealed class BinaryOutputs : RowOutputs
{
    public static BinaryOutputs Instance { get; } = new();

    public override Tensor Distance(Tensor outputs, Tensor teacher) => functional.binary_cross_entropy_with_logits(outputs, teacher.sigmoid());

    protected override Tensor Loss(Tensor outputs, Tensor expected, Reduction reduction, double labelSmoothing) => functional.binary_cross_entropy_with_logits(
        outputs.squeeze(-1), labelSmoothing > 0 ? Scalars.Sum(expected * Scalars.Held(1 - labelSmoothing), Scalars.Held(labelSmoothing / 2)) : expected, reduction: reduction);

    protected override Tensor Activate(Tensor outputs) => outputs.sigmoid();

    protected override GraphValue Activate(GraphBuilder graph, GraphValue outputs) => graph.Sigmoid(outputs);
}
