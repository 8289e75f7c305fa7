using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// The inverted residual of MobileNetV2 (Sandler 2018), MBConv: a pointwise convolution to <c>expansion</c> times the channels, a depthwise
/// one, if asked for squeeze-excite, and a pointwise one back; each with batch normalisation, the first two with an activation. Where stride
/// and channels allow, the input is added. <c>[C, H, W]</c> to <c>[channels, H / stride, W / stride]</c>, rounded up. Expansion 1 leaves
/// out the first convolution.
/// </summary>
/// <remarks>
/// In a supernet all values of the settings share one set of weights: fewer channels take the first ones, a smaller kernel the middle of the
/// largest (Cai 2020, without its transformation matrices). An expansion of 1 cannot be shared with others.
/// </remarks>
/// <param name="Channels">The number of output channels.</param>
/// <param name="Kernel">Height and width of the depthwise kernel, odd.</param>
/// <param name="Expansion">How many times more channels there are in between.</param>
public sealed record InvertedResidual(Setting<int> Channels, Setting<int> Kernel, Setting<int> Expansion) : Operation
{
    internal const int SqueezeReduction = 4;

    /// <summary>Whether channels are scaled by squeeze-excite after the depthwise convolution. Default false.</summary>
    public Setting<bool> SqueezeExcite { get; init; } = false;

    /// <summary>The step between outputs. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Whether activations are hard-swish, as in MobileNetV3 (Howard 2019). Default false: ReLU6.</summary>
    public bool UsesHardSwish { get; init; }

    private ConvolutionWindow Window => ConvolutionWindow.Square(Kernel.Value, Stride).Check(this);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Output(input).ToShape();

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var (image, output) = (ImageSize.Of(this, input), Output(input));
        var hidden = (long)image.Channels * Expansion.Value;
        long expand = Expansion.Value > 1 ? image.Channels * hidden : 0, depthwise = hidden * Kernel.Value * Kernel.Value, project = hidden * output.Channels;
        var squeeze = SqueezeExcite.Value ? SqueezeModule.ParametersOf((int)hidden, SqueezeReduction) : 0;
        var norms = 2 * ((Expansion.Value > 1 ? hidden : 0) + hidden + output.Channels);
        return new(expand + depthwise + project + squeeze + norms, expand * image.Area + (depthwise + project) * output.Area + squeeze, output.ToShape().Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new InvertedModule(this, ImageSize.Of(this, input).Channels);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((InvertedModule)module).Emit(graph, input);

    internal override ElasticModule? CreateElasticModule(Shape largestInput) => Expansion.Count > 1 && Expansion.Values.Contains(1)
        ? null
        : new ElasticInverted(this, ImageSize.Of(this, largestInput).Channels);

    private ImageSize Output(Shape input)
    {
        ConvolutionWindow.CheckPositive(this, Channels.Value, nameof(Channels));
        ConvolutionWindow.CheckPositive(this, Expansion.Value, nameof(Expansion));
        return Window.Output(ImageSize.Of(this, input), Channels.Value);
    }

    private sealed class ElasticInverted : ElasticModule
    {
        private readonly InvertedModule _block;
        private readonly int[] _channels;
        private readonly int[] _expansions;
        private readonly bool[] _squeezes;
        private readonly KernelSizes _kernels;

        public ElasticInverted(InvertedResidual operation, int inputs) : base(nameof(ElasticInverted))
        {
            (_channels, _expansions, _squeezes) = ([.. operation.Channels.Values], [.. operation.Expansion.Values], [.. operation.SqueezeExcite.Values]);
            var largest = operation with { Channels = _channels.Max(), Kernel = operation.Kernel.Values.Max(), Expansion = _expansions.Max(), SqueezeExcite = _squeezes.Contains(true) };
            register_module("block", _block = new InvertedModule(largest, inputs));
            register_module("kernels", _kernels = new KernelSizes([.. operation.Kernel.Values]));
            register_buffer("channels", WidthMasks.Create(_channels));
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings)
        {
            var (channels, kernel, expansion, squeeze) = (settings[0], settings[1], settings[2], settings[3]);
            var inputs = (int)input.shape[1];
            var hidden = inputs * (expansion.Weights is null ? _expansions[expansion.Index] : _expansions.Max());
            var outputs = channels.Weights is null ? _channels[channels.Index] : _channels.Max();
            var body = _block.Body(
                input, hidden, outputs, weight => _kernels.Squares(weight, kernel),
                expansion.Weights is { } weights ? matmul(weights, WidthMasks.Create([.. _expansions.Select(factor => factor * inputs)]).to(input.device)).view(-1, 1, 1) : null,
                value => Squeezed(value, squeeze));
            if (channels.Weights is { } widths) body = body * matmul(widths, get_buffer("channels")!).view(-1, 1, 1);
            if (!_block.MaySkip) return body;
            var same = Array.IndexOf(_channels, inputs);
            if (channels.Weights is null) return same == channels.Index ? Scalars.Sum(body, input) : body;
            if (same < 0) return body;
            var skipped = input * channels.Weights.select(0, same);
            return Scalars.Sum(body, inputs < outputs ? cat([skipped, input.new_zeros([input.shape[0], outputs - inputs, input.shape[2], input.shape[3]])], 1) : skipped);
        }

        private Tensor Squeezed(Tensor value, MixtureEntry squeeze)
        {
            if (squeeze.Weights is not { } weights) return _squeezes[squeeze.Index] ? _block.Squeeze!.forward(value) : value;
            var factor = _squeezes.Select((on, choice) => (On: on, Weight: weights.select(0, choice))).Aggregate((Tensor?)null, (sum, choice) =>
            {
                var term = choice.On ? _block.Squeeze!.Gate(value) * choice.Weight : choice.Weight;
                return sum is null ? term : Scalars.Sum(sum, term);
            });
            return value * factor!;
        }
    }
}
