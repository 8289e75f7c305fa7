using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A gated linear unit with a rectified gate, <c>(xW + b) ⊙ max(xV + c, 0)</c> (Dauphin 2017; the ReGLU of Shazeer 2020):
/// <c>[..., features]</c> to <c>[..., units]</c>.
/// </summary>
/// <param name="Units">The number of outputs.</param>
public sealed record GatedLinearUnit(Setting<int> Units) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        Encoded(input).WithFeatures(Units.Value);

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        return new(2 * (input.Features + 1L) * Units.Value, output.Count * (2L * input.Features + 1), output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new GatedModule(input, Units.Value);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var gated = (GatedModule)module;
        return graph.Mul(gated.Value.Emit(graph, input), graph.Relu(gated.Gate.Emit(graph, input)));
    }

    internal override ElasticModule CreateElasticModule(Shape largestInput)
    {
        var gated = new GatedModule(largestInput, Units.Values.Max());
        return new ElasticWidth(gated, Units.Values, gated.Forward);
    }

    private sealed class GatedModule : Module<Tensor, Tensor>
    {
        private readonly LinearModule value;
        private readonly LinearModule gate;

        public GatedModule(Shape input, int units) : base(nameof(GatedModule))
        {
            // One factor that is zero is enough.
            value = new LinearModule(input.Features, units, isPadded: input is SequenceShape);
            gate = new LinearModule(input.Features, units);
            RegisterComponents();
        }

        public LinearModule Value => value;

        public LinearModule Gate => gate;

        public override Tensor forward(Tensor input) => Forward(input, value.Outputs);

        public Tensor Forward(Tensor input, int units) => value.Forward(input, units) * ForwardProbe.Relu(gate.Forward(input, units));
    }
}
