using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A convolution over time: <c>[T, features]</c> to <c>[T / stride, channels]</c>, rounded up; the sequence is padded with zeros.
/// Sequences that may end in padding take stride 1 only.
/// </summary>
/// <param name="Channels">The number of output features.</param>
/// <param name="Kernel">The number of steps that the kernel spans, odd.</param>
public sealed record Conv1d(Setting<int> Channels, Setting<int> Kernel) : Operation
{
    /// <summary>The step between outputs. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The distance between the kernel's elements. Default 1.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>The number of groups that input and output features are split into, each convolved on its own. Default 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether a learned number is added to each output feature. Default true.</summary>
    public bool HasBias { get; init; } = true;

    private ConvolutionWindow Window => new ConvolutionWindow(Kernel.Value, 1, Stride, 1, Dilation).Check(this);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var (steps, features) = (Steps(input).Dimensions[0], input.Features);
        if (input is SequenceShape && Stride != 1) throw ShapeException.Wrong(this, input, $"sequences without padding where its stride is {Stride}");
        ConvolutionWindow.CheckPositive(this, Channels.Value, nameof(Channels));
        ConvolutionWindow.CheckPositive(this, Groups);
        if (features % Groups != 0 || Channels.Value % Groups != 0)
            throw new ShapeException($"{Name}'s {features} input and {Channels.Value} output features must be multiples of its {Groups} groups.");
        return input is SequenceShape ? input.WithFeatures(Channels.Value) : new(Window.Output(new(features, steps, 1), Channels.Value).Height, Channels.Value);
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var output = OutputShape(input);
        var weights = (long)input.Features / Groups * Channels.Value * Kernel.Value;
        var biases = HasBias ? Channels.Value : 0;
        return new(weights + biases, (weights + biases) * output.Dimensions[0], output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => 
        new SequenceModule(new(input.Features, Channels.Value, Window, Groups, HasBias), input is SequenceShape);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var image = graph.Unsqueeze(graph.Transpose(input, [0, 2, 1]), axes: [3]);
        var sequences = (SequenceModule)module;
        var output = graph.Transpose(graph.Squeeze(sequences.Convolution.Emit(graph, image), axes: [3]), [0, 2, 1]);
        return sequences.IsPadded ? SequencePadding.Keep(graph, output, input) : output;
    }

    /// <summary>Runs the convolution on the sequence as an image of one column.</summary>
    private sealed class SequenceModule : Module<Tensor, Tensor>
    {
        private readonly ConvolutionModule convolution;

        public SequenceModule(ConvolutionModule convolution, bool isPadded) : base(nameof(SequenceModule))
        {
            IsPadded = isPadded;
            this.convolution = convolution;
            RegisterComponents();
        }

        public ConvolutionModule Convolution => convolution;

        public bool IsPadded { get; }

        public override Tensor forward(Tensor input)
        {
            var output = convolution.forward(input.transpose(1, 2).unsqueeze(3)).squeeze(3).transpose(1, 2);
            return IsPadded ? SequencePadding.Keep(output, input) : output;
        }
    }
}
