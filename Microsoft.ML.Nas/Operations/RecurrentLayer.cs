using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations.Recurrent;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A recurrent layer over the steps of a sequence: <c>[steps, features]</c> to <c>[steps, units]</c>, or to <c>[steps, 2 · units]</c> where a
/// second layer goes backwards, from the last step before the padding. Weights start uniform in ±1/√units.
/// </summary>
/// <param name="Units">The number of hidden units of a direction.</param>
/// <param name="IsBidirectional">Whether a second layer goes backwards.</param>
public abstract record RecurrentLayer(Setting<int> Units, bool IsBidirectional) : Operation
{
    private int Directions => IsBidirectional ? 2 : 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Units.Value >= 1
        ? Steps(input).WithFeatures(Directions * Units.Value)
        : throw new ShapeException($"{Name}'s number of units must be positive; it is {Units.Value}.");

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        long units = Units.Value, perStep = Directions * Kernel.Gates * units * (input.Features + units);
        return new(perStep + 2 * Directions * Kernel.Gates * units, input.Dimensions[0] * perStep, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new RecurrentModule(
        Kernel, Steps(input), Units.Value, CreateDirection(input.Features), IsBidirectional ? CreateDirection(input.Features) : null);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((RecurrentModule)module).Emit(graph, input, this);

    /// <summary>For each of ONNX's gates, in its order, which of PyTorch's it is.</summary>
    internal abstract int[] OnnxGates { get; }

    /// <summary>What the gates do at a step.</summary>
    private protected abstract GateKernel Kernel { get; }

    /// <summary>A layer in one direction.</summary>
    private protected abstract DirectionModule CreateDirection(int features);

    internal abstract GraphValue EmitLayer(GraphBuilder graph, GraphValue sequences, GraphValue weights, GraphValue recurrence, GraphValue bias, GraphValue? lengths, RecurrentDirection direction);
}
