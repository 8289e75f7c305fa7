using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Adds a vector that stands for its position to every step of a sequence: <c>[steps, features]</c> to the same.</summary>
/// <param name="Kind">Where the vectors come from.</param>
public sealed record PositionalEncoding(PositionalEncodingKind Kind) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Steps(input);

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(Kind == PositionalEncodingKind.Learned ? input.Count : 0, input.Count, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new PositionModule(Steps(input), Kind);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((PositionModule)module).Emit(graph, input);

    /// <summary>The values of <see cref="PositionalEncodingKind.Sinusoidal"/>, row-major: sines at even features, cosines at odd ones.</summary>
    internal static float[] Sinusoids(int steps, int features)
    {
        var values = new float[steps * features];
        for (var step = 0; step < steps; step++)
        {
            for (var feature = 0; feature < features; feature++)
            {
                var angle = step / Math.Pow(10_000, (feature - feature % 2) / (double)features);
                values[step * features + feature] = (float)(feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
        }
        return values;
    }

    private sealed class PositionModule : Module<Tensor, Tensor>
    {
        private readonly Shape _input;
        private readonly Parameter? learned;

        public PositionModule(Shape input, PositionalEncodingKind kind) : base(nameof(PositionModule))
        {
            _input = input;
            learned = kind == PositionalEncodingKind.Learned ? Parameter(init.normal_(empty(input.Dimensions[0], input.Features), 0, 0.02)) : null;
            RegisterComponents();
            if (learned is null) register_buffer("fixed", tensor(Sinusoids(input.Dimensions[0], input.Features), [input.Dimensions[0], input.Features]));
        }

        private Tensor Positions => learned ?? get_buffer("fixed")!;

        public override Tensor forward(Tensor input)
        {
            var output = Scalars.Sum(input, Positions.narrow(0, 0, input.shape[1]).narrow(1, 0, input.shape[2]));
            return _input is SequenceShape ? SequencePadding.Keep(output, input) : output;
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            var positions = graph.Constant(Positions.ToFloats(), _input.Dimensions[0], _input.Features);
            var output = graph.Add(input, input.Shape[1].Size is null ? graph.Slice(positions, axis: 0, SequencePadding.Steps(graph, input)) : positions);
            return _input is SequenceShape ? SequencePadding.Keep(graph, output, input) : output;
        }
    }
}
