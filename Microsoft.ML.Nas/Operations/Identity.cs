using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Passes its input on.</summary>
public sealed record Identity : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new IdentityModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

    private sealed class IdentityModule() : Module<Tensor, Tensor>(nameof(IdentityModule))
    {
        public override Tensor forward(Tensor input) => input.alias();
    }
}
