using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations.Kernels;
using Microsoft.ML.Nas.Spaces;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>A recurrent layer in one or two directions; on the CPU in single precision one operation of its own, else the library's layers.</summary>
internal sealed unsafe class RecurrentModule : Module<Tensor, Tensor>
{
    private readonly GateKernel _kernel;
    private readonly bool _isPadded;
    private readonly int _features;
    private readonly int _units;
    private readonly DirectionModule forwards;
    private readonly DirectionModule? backwards;

    public RecurrentModule(GateKernel kernel, Shape input, int units, DirectionModule forwards, DirectionModule? backwards) : base(nameof(RecurrentModule))
    {
        (_kernel, _isPadded, _features, _units) = (kernel, input is SequenceShape, input.Features, units);
        this.forwards = forwards;
        this.backwards = backwards;
        RegisterComponents();
    }

    /// <summary>Whether all steps are computed as one operation, where that can be. Default true.</summary>
    public bool ComputesTogether { get; set; } = true;

    public DirectionModule[] Directions => backwards is null ? [forwards] : [forwards, backwards];

    public override Tensor forward(Tensor input)
    {
        input = Autocast.Full(input);
        if (!ComputesTogether || !Takes(input)) return ByLibrary(input);
        using var scope = NewDisposeScope();
        var sequences = input.contiguous();
        Tensor[] parameters = [.. Directions.SelectMany(static direction => direction.Parameters)];
        var pass = new RecurrentPass(_kernel, _units, Directions.Length, Lengths(sequences), (int)input.shape[1], (int)input.shape[2], ByLibrary);
        return RecurrentFunction.apply([pass, sequences, .. parameters]).MoveToOuterDisposeScope();
    }

    private bool Takes(Tensor input) =>
        input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && input.numel() > 0 && input.shape[2] <= _features
        && TensorMemory.Reaches(Math.Max(input.numel(), input.shape[0] * input.shape[1] * Directions.Length * RecurrentPass.WidthOf(_units) * _kernel.Gates))
        && Directions.All(static direction => direction.Parameters.All(static parameter => parameter.dtype == ScalarType.Float32 && parameter.device_type == DeviceType.CPU));

    /// <summary>As <see cref="SequencePadding.Lengths(Tensor)"/>, without looking at more than the padding.</summary>
    private int[] Lengths(Tensor sequences)
    {
        var (batch, steps, features) = ((int)sequences.shape[0], (int)sequences.shape[1], (int)sequences.shape[2]);
        var lengths = new int[batch];
        var values = TensorMemory.Of(sequences);
        for (var example = 0; example < batch; example++)
        {
            var last = !_isPadded ? steps * features - 1 : new ReadOnlySpan<float>(values + (long)example * steps * features, steps * features).LastIndexOfAnyExcept(0f);
            lengths[example] = (last + features) / features;
        }
        return lengths;
    }

    private Tensor ByLibrary(Tensor input)
    {
        var (steps, features) = (input.shape[1], input.shape[2]);
        var lengths = _isPadded ? SequencePadding.Lengths(input) : null;
        if (features < _features) input = cat([input, input.new_zeros([input.shape[0], steps, _features - features])], 2);
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
        var (directions, gates) = (Directions, _kernel.Gates);
        GraphValue Weights(string name, int inputs) => graph.Constant(
            [.. directions.SelectMany(direction => direction.Values(name, operation.OnnxGates))], directions.Length, gates * _units, inputs);
        var bias = graph.Constant(
            [.. directions.SelectMany(direction => direction.Values("bias_ih_l0", operation.OnnxGates).Concat(direction.Values("bias_hh_l0", operation.OnnxGates)))],
            directions.Length, 2 * gates * _units);
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
