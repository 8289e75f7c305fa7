using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The hyperbolic tangent.</summary>
public sealed record Tanh : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new TanhModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Tanh(input);

    private sealed class TanhModule() : Module<Tensor, Tensor>(nameof(TanhModule))
    {
        public override Tensor forward(Tensor input) => functional.tanh(input);
    }
}
