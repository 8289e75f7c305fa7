using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Training;

/// <summary>One answer a row from every ensemble member, which are averaged.</summary>
internal abstract class RowOutputs : TaskOutputs
{
    /// <inheritdoc/>
    public sealed override Tensor Loss(Tensor outputs, Tensor labels, Tensor? weights, double labelSmoothing = 0)
    {
        var members = outputs.shape[1];
        var expected = labels.unsqueeze(1).expand(labels.shape[0], members);
        var loss = Loss(outputs, expected, weights is null ? Reduction.Mean : Reduction.None, labelSmoothing);
        return weights is null ? loss : (loss.reshape(-1, members).mean([1]) * weights).mean();
    }

    /// <inheritdoc/>
    public sealed override Tensor Predict(Tensor outputs, Tensor features) => Unit(Activate(outputs).mean([1]));

    /// <inheritdoc/>
    public sealed override GraphValue Predict(GraphBuilder graph, GraphValue outputs, GraphValue features) =>
        Unit(graph, graph.ReduceMean(Activate(graph, outputs), axes: [1], keepDims: false));

    /// <param name="outputs">What a network gave, <c>[batch, members, outputs]</c>.</param>
    /// <param name="expected">The labels, <c>[batch, members]</c>.</param>
    /// <param name="reduction">The mean, or a value a row and member in any shape.</param>
    /// <param name="labelSmoothing">The share of a class label that is spread over all classes.</param>
    protected abstract Tensor Loss(Tensor outputs, Tensor expected, Reduction reduction, double labelSmoothing);

    /// <summary>What members are averaged as.</summary>
    protected abstract Tensor Activate(Tensor outputs);

    /// <inheritdoc cref="Activate(Tensor)"/>
    protected abstract GraphValue Activate(GraphBuilder graph, GraphValue outputs);

    /// <summary>The mean in the label's own unit.</summary>
    protected virtual Tensor Unit(Tensor mean) => mean;

    /// <inheritdoc cref="Unit(Tensor)"/>
    protected virtual GraphValue Unit(GraphBuilder graph, GraphValue mean) => mean;
}
