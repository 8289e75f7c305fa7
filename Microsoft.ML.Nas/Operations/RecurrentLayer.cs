using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
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
        long units = Units.Value, perStep = Directions * Gates * units * (input.Features + units);
        return new(perStep + 2 * Directions * Gates * units, input.Dimensions[0] * perStep, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new RecurrentModule(
        Steps(input), Units.Value, CreateDirection(input.Features), IsBidirectional ? CreateDirection(input.Features) : null);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((RecurrentModule)module).Emit(graph, input, this);

    /// <summary>The number of gates, each with weights of its own.</summary>
    private protected abstract int Gates { get; }

    /// <summary>For each of ONNX's gates, in its order, which of PyTorch's it is.</summary>
    private protected abstract int[] OnnxGates { get; }

    /// <summary>A layer in one direction.</summary>
    private protected abstract DirectionModule CreateDirection(int features);

    private protected abstract GraphValue EmitLayer(GraphBuilder graph, GraphValue sequences, GraphValue weights, GraphValue recurrence, GraphValue bias, GraphValue? lengths, RecurrentDirection direction);

    /// <summary>One direction: <c>[batch, steps, features]</c> to <c>[batch, steps, units]</c>, from the first step on.</summary>
    private protected sealed class DirectionModule : Module<Tensor, Tensor>
    {
        private readonly Func<Tensor, Tensor> _run;
        private readonly Module layer;

        /// <param name="layer">The library's layer, batch first.</param>
        /// <param name="run">Calls it and returns its outputs.</param>
        public DirectionModule(Module layer, Func<Tensor, Tensor> run) : base(nameof(DirectionModule))
        {
            _run = run;
            this.layer = layer;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _run(Autocast.Full(input));

        /// <summary>A parameter of the layer with its gates in another order.</summary>
        public float[] Values(string name, int[] gates)
        {
            var values = layer.named_parameters().First(pair => pair.name == name).parameter.ToFloats();
            var size = values.Length / gates.Length;
            return [.. gates.SelectMany(gate => values.AsSpan(gate * size, size).ToArray())];
        }
    }

    private sealed class RecurrentModule : Module<Tensor, Tensor>
    {
        private readonly bool _isPadded;
        private readonly int _features;
        private readonly int _units;
        private readonly DirectionModule forwards;
        private readonly DirectionModule? backwards;

        public RecurrentModule(Shape input, int units, DirectionModule forwards, DirectionModule? backwards) : base(nameof(RecurrentModule))
        {
            (_isPadded, _features, _units) = (input is SequenceShape, input.Features, units);
            this.forwards = forwards;
            this.backwards = backwards;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var (batch, steps, features) = (input.shape[0], input.shape[1], input.shape[2]);
            var lengths = _isPadded ? SequencePadding.Lengths(input) : null;
            if (features < _features) input = cat([input, input.new_zeros([batch, steps, _features - features])], 2);
            var output = forwards.forward(input);
            if (backwards is not null)
                output = cat([output, Reverse(backwards.forward(Reverse(input, lengths)), lengths)], 2);
            return lengths is null ? output : output * SequencePadding.Mask(lengths, steps).unsqueeze(-1).to_type(output.dtype);
        }

        /// <summary>The steps before the padding in reverse order; twice is none.</summary>
        private static Tensor Reverse(Tensor sequences, Tensor? lengths)
        {
            if (lengths is null) return sequences.flip(1);
            var places = Scalars.Range(0, sequences.shape[1], ScalarType.Int64, sequences.device);
            var mirrored = lengths.unsqueeze(1) - Scalars.One - places;
            var from = where(mirrored.ge(Scalars.Zero), mirrored, places);
            return sequences.gather(1, from.unsqueeze(-1).expand(sequences.shape));
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input, RecurrentLayer operation)
        {
            DirectionModule[] directions = backwards is null ? [forwards] : [forwards, backwards];
            GraphValue Weights(string name, int inputs) => graph.Constant(
                [.. directions.SelectMany(direction => direction.Values(name, operation.OnnxGates))], directions.Length, operation.Gates * _units, inputs);
            var bias = graph.Constant(
                [.. directions.SelectMany(direction => direction.Values("bias_ih_l0", operation.OnnxGates).Concat(direction.Values("bias_hh_l0", operation.OnnxGates)))],
                directions.Length, 2 * operation.Gates * _units);
            var lengths = _isPadded ? SequencePadding.Lengths(graph, input) : null;
            // ONNX Runtime wants at least one step; what it makes of padding is set to zero below.
            var counts = lengths is null ? null : graph.Cast(graph.Squeeze(graph.Max(lengths, graph.Constant(1L)), axes: [1]), ElementType.Int32);
            var states = operation.EmitLayer(
                graph, graph.Transpose(input, 1, 0, 2), Weights("weight_ih_l0", _features), Weights("weight_hh_l0", _units), bias, counts,
                backwards is null ? RecurrentDirection.Forward : RecurrentDirection.Bidirectional);
            var output = graph.Reshape(graph.Transpose(states, 2, 0, 1, 3), [0, 0, (long)directions.Length * _units]);
            return _isPadded ? SequencePadding.Keep(graph, output, input) : output;
        }
    }
}
