using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A convolution: <c>[C, H, W]</c> to <c>[channels, H / stride, W / stride]</c>, rounded up; the image is padded with zeros.
/// </summary>
/// <remarks>
/// In a supernet all values of the settings share one kernel: fewer channels take the first ones, a smaller kernel the middle of the
/// largest (Cai 2020, without its transformation matrices; Stamoulis 2019). Weights are not shared between numbers of channels where there
/// are groups.
/// </remarks>
/// <param name="Channels">The number of output channels.</param>
/// <param name="Kernel">The height of the kernel, and its width where <see cref="KernelWidth"/> is 0; odd.</param>
public sealed record Conv2d(Setting<int> Channels, Setting<int> Kernel) : Operation
{
    /// <summary>The width of the kernel, odd. Default 0: as its height.</summary>
    public Setting<int> KernelWidth { get; init; } = 0;

    /// <summary>The step between outputs, in both directions. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The distance between the kernel's elements. Default 1.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>The number of groups that input and output channels are split into, each convolved on its own. Default 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether a learned number is added to each output channel. Default true.</summary>
    public bool HasBias { get; init; } = true;

    private ConvolutionWindow Window => new ConvolutionWindow(Kernel.Value, WidthOf(Kernel.Value, KernelWidth.Value), Stride, Stride, Dilation).Check(this);

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Output(input).ToShape();

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var (window, output) = (Window, Output(input));
        var weights = (long)ImageSize.Of(this, input).Channels / Groups * output.Channels * window.Height * window.Width;
        var biases = HasBias ? output.Channels : 0;
        return new(weights + biases, (weights + biases) * output.Area, output.ToShape().Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new ConvolutionModule(ImageSize.Of(this, input).Channels, Channels.Value, Window, Groups, HasBias);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((ConvolutionModule)module).Emit(graph, input);

    // A width that follows the height in one option only is no axis of a mask; with groups, which inputs an output sees depends on their number.
    internal override ElasticModule? CreateElasticModule(Shape largestInput) => KernelWidth.Count > 1 && KernelWidth.Values.Contains(0) || Groups > 1 && Channels.Count > 1
        ? null
        : new ElasticConvolution(this, ImageSize.Of(this, largestInput).Channels);

    private static int WidthOf(int height, int width) => width == 0 ? height : width;

    private ImageSize Output(Shape input)
    {
        var image = ImageSize.Of(this, input);
        ConvolutionWindow.CheckPositive(this, Channels.Value, nameof(Channels));
        ConvolutionWindow.CheckPositive(this, Groups);
        if (image.Channels % Groups != 0 || Channels.Value % Groups != 0)
            throw new ShapeException($"{Name}'s {image.Channels} input and {Channels.Value} output channels must be multiples of its {Groups} groups.");
        return Window.Output(image, Channels.Value);
    }

    private sealed class ElasticConvolution : ElasticModule
    {
        private readonly int[] _channels;
        private readonly ConvolutionModule _convolution;
        private readonly KernelSizes _heights;
        private readonly KernelSizes _widths;
        private readonly bool _isSquare;

        public ElasticConvolution(Conv2d operation, int inputs) : base(nameof(ElasticConvolution))
        {
            _channels = [.. operation.Channels.Values];
            _isSquare = operation.KernelWidth.Values is [0];
            int[] heights = [.. operation.Kernel.Values];
            int[] widths = [.. operation.KernelWidth.Values.Select(width => WidthOf(heights.Max(), width))];
            var window = new ConvolutionWindow(heights.Max(), widths.Max(), operation.Stride, operation.Stride, operation.Dilation);
            _convolution = new ConvolutionModule(inputs, _channels.Max(), window, operation.Groups, operation.HasBias);
            register_module("convolution", _convolution);
            register_module("heights", _heights = new KernelSizes(heights));
            register_module("widths", _widths = new KernelSizes(widths));
            register_buffer("channels", WidthMasks.Create(_channels));
        }

        public override Tensor forward(Tensor input, MixtureEntry[] settings)
        {
            return settings[0].Weights is { } weights
                ? _convolution.Forward(input, _convolution.Outputs, Resize) * matmul(weights, get_buffer("channels")!).view(-1, 1, 1)
                : _convolution.Forward(input, _channels[settings[0].Index], Resize);

            Tensor Resize(Tensor kernel) => _isSquare ? _heights.Squares(kernel, settings[1]) : _widths.Widths(_heights.Heights(kernel, settings[1]), settings[2]);
        }
    }
}
