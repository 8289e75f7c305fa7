using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The sigmoid linear unit, <c>x sigmoid(x)</c> (Elfwing 2017).</summary>
public sealed record Silu : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new SiluModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Silu(input);

    private sealed class SiluModule() : Module<Tensor, Tensor>(nameof(SiluModule))
    {
        public override Tensor forward(Tensor input) => functional.silu(input);
    }
}
