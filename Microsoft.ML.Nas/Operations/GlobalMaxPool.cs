using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The largest value of each channel: <c>[C, H, W]</c> to <c>[C]</c>.</summary>
public sealed record GlobalMaxPool : GlobalPooling
{
    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Flatten(graph.GlobalMaxPool(input));

    private protected override Tensor Pool(Tensor input) => input.flatten(2).max(2).values;
}
