using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>A standardised prediction; squared error of standardised values.</summary>
/// <param name="mean">The mean of the training rows' labels.</param>
/// <param name="scale">Their standard deviation.</param>
internal sealed class RegressionOutputs(float mean, float scale) : RowOutputs
{
    public override Tensor Distance(Tensor outputs, Tensor teacher) => functional.mse_loss(outputs, teacher);

    protected override Tensor Loss(Tensor outputs, Tensor expected, Reduction reduction, double labelSmoothing) =>
        functional.mse_loss(outputs.squeeze(-1), expected, reduction);

    protected override Tensor Activate(Tensor outputs) => outputs;

    protected override GraphValue Activate(GraphBuilder graph, GraphValue outputs) => outputs;

    protected override Tensor Unit(Tensor standardised) => Scalars.Sum(standardised * Scalars.Held(scale), Scalars.Held(mean));

    protected override GraphValue Unit(GraphBuilder graph, GraphValue standardised) => graph.Add(graph.Mul(standardised, graph.Constant(scale)), graph.Constant(mean));
}
