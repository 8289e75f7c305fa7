using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The logistic function, <c>1 / (1 + e⁻ˣ)</c>.</summary>
public sealed record Sigmoid : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new SigmoidModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Sigmoid(input);

    private sealed class SigmoidModule() : Module<Tensor, Tensor>(nameof(SigmoidModule))
    {
        public override Tensor forward(Tensor input) => functional.sigmoid(input);
    }
}
