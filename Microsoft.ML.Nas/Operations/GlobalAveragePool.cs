using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The mean of each channel: <c>[C, H, W]</c> to <c>[C]</c> (Lin 2014).</summary>
public sealed record GlobalAveragePool : GlobalPooling
{
    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Flatten(graph.GlobalAveragePool(input));

    private protected override Tensor Pool(Tensor input) => input.mean([2, 3]);
}
