using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>A piecewise form of SiLU, <c>x · min(max(x / 6 + 1/2, 0), 1)</c> (Howard 2019).</summary>
public sealed record HardSwish : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new HardSwishModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.HardSwish(input);

    private sealed class HardSwishModule() : Module<Tensor, Tensor>(nameof(HardSwishModule))
    {
        public override Tensor forward(Tensor input) => functional.hardswish(input);
    }
}
