using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>A logit per class; cross-entropy.</summary>
internal sealed class MulticlassOutputs : RowOutputs
{
    public static MulticlassOutputs Instance { get; } = new();

    public override Tensor Distance(Tensor outputs, Tensor teacher) => -(teacher.softmax(-1) * outputs.log_softmax(-1)).sum(-1).mean();

    protected override Tensor Loss(Tensor outputs, Tensor expected, Reduction reduction, double labelSmoothing) =>
        functional.cross_entropy(outputs.flatten(0, 1), expected.reshape(-1), reduction: reduction, label_smoothing: labelSmoothing);

    protected override Tensor Activate(Tensor outputs) => outputs.softmax(-1);

    protected override GraphValue Activate(GraphBuilder graph, GraphValue outputs) => graph.Softmax(outputs, axis: -1);
}
