using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The Gaussian error linear unit, <c>x Φ(x)</c>, in its exact form (Hendrycks 2016).</summary>
public sealed record Gelu : Activation
{
    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new GeluModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Gelu(input);

    private sealed class GeluModule() : Module<Tensor, Tensor>(nameof(GeluModule))
    {
        // LibTorch 1.13 misreads a gradient that is not contiguous in GELU's backward pass; going through one dimension makes it contiguous.
        public override Tensor forward(Tensor input) => functional.gelu(input).flatten().reshape(input.shape);
    }
}
