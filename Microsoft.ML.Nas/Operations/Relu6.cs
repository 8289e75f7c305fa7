using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The rectifier up to six, <c>min(max(x, 0), 6)</c> (Sandler 2018).</summary>
public sealed record Relu6 : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new Relu6Module();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Clip(input, 0, 6);

    private sealed class Relu6Module() : Module<Tensor, Tensor>(nameof(Relu6Module))
    {
        public override Tensor forward(Tensor input) => Autocast.Relu6(input);
    }
}
