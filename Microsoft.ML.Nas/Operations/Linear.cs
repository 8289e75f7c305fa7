using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>A fully connected layer over the innermost dimension: <c>[..., features]</c> to <c>[..., units]</c>, with bias.</summary>
/// <param name="Units">The number of outputs.</param>
public sealed record Linear(Setting<int> Units) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        Encoded(input).WithFeatures(Units.Value);

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        return new((input.Features + 1L) * Units.Value, output.Count * input.Features, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new LinearModule(input.Features, Units.Value, input is SequenceShape);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) =>
        ((LinearModule)module).Emit(graph, input);

    internal override ElasticModule CreateElasticModule(Shape largestInput)
    {
        var linear = new LinearModule(largestInput.Features, Units.Values.Max(), largestInput is SequenceShape);
        return new ElasticWidth(linear, Units.Values, linear.Forward);
    }
}

/// <summary>A fully connected layer that also takes narrower inputs, with the first of its weights.</summary>
internal sealed class LinearModule : Module<Tensor, Tensor>
{
    private readonly bool _isPadded;
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="isPadded">Whether inputs are sequences, whose padding stays zero.</param>
    public LinearModule(int inputs, int outputs, bool isPadded = false) : base(nameof(LinearModule))
    {
        (Inputs, Outputs, _isPadded) = (inputs, outputs, isPadded);
        var bound = 1 / Math.Sqrt(inputs);
        weight = Parameter(init.uniform_(empty(outputs, inputs), -bound, bound));
        bias = Parameter(init.uniform_(empty(outputs), -bound, bound));
        RegisterComponents();
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public override Tensor forward(Tensor input) => Forward(input, Outputs);

    /// <summary>Computes the first <paramref name="outputs"/> outputs.</summary>
    public Tensor Forward(Tensor input, int outputs)
    {
        var inputs = input.shape[^1];
        var output = ForwardProbe.Layer(inputs == Inputs && outputs == Outputs
            ? Autocast.Linear(input, weight, bias)
            : Autocast.Linear(input, weight.narrow(0, 0, outputs).narrow(1, 0, inputs), bias.narrow(0, 0, outputs)), inputs);
        return _isPadded ? SequencePadding.Keep(output, input) : output;
    }

    public GraphValue Emit(GraphBuilder graph, GraphValue input)
    {
        using var transposed = weight.detach().t().contiguous();
        var product = graph.MatMul(input, graph.Constant(transposed.ToFloats(), Inputs, Outputs));
        var output = graph.Add(product, graph.Constant(bias.ToFloats(), Outputs));
        return _isPadded ? SequencePadding.Keep(graph, output, input) : output;
    }
}
