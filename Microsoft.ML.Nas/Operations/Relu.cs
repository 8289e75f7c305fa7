using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The rectifier, <c>max(x, 0)</c>.</summary>
public sealed record Relu : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new ReluModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Relu(input);

    private sealed class ReluModule() : Module<Tensor, Tensor>(nameof(ReluModule))
    {
        public override Tensor forward(Tensor input) => ForwardProbe.Relu(input);
    }
}
