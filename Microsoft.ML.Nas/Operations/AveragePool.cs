using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The mean of each window.</summary>
/// <inheritdoc cref="Pooling"/>
public sealed record AveragePool(int Kernel = 3) : Pooling(Kernel)
{
    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) =>
        graph.AveragePool(input, [Kernel, Kernel], [Stride, Stride], [Padding, Padding, Padding, Padding], countIncludePad: false, ceilMode: Padding == 0);

    private protected override Tensor Pool(Tensor input) =>
        functional.avg_pool2d(input, Kernel, Stride, Padding, ceil_mode: Padding == 0, count_include_pad: false);
}
