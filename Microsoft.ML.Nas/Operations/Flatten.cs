using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>All values in one row: <c>[...]</c> to <c>[features]</c>.</summary>
public sealed record Flatten : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => new(checked((int)Unpadded(input).Count));

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new FlattenModule();

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => graph.Flatten(input);

    private sealed class FlattenModule() : Module<Tensor, Tensor>(nameof(FlattenModule))
    {
        public override Tensor forward(Tensor input) => input.flatten(1);
    }
}
