using Microsoft.ML.Nas.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>A convolution that also takes fewer channels, with the first of its weights.</summary>
internal sealed class ConvolutionModule : Module<Tensor, Tensor>
{
    private readonly ConvolutionWindow _window;
    private readonly int _groups;
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Creates a convolution with weights uniform in ±1/√(inputs of an output), PyTorch's default.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="window">Kernel, strides and dilation.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="hasBias">Whether a learned number is added to each output channel.</param>
    public ConvolutionModule(int inputs, int outputs, ConvolutionWindow window, int groups = 1, bool hasBias = false) : base(nameof(ConvolutionModule))
    {
        (Inputs, Outputs, _window, _groups) = (inputs, outputs, window, groups);
        var bound = 1 / Math.Sqrt((double)inputs / groups * window.Height * window.Width);
        weight = Parameter(init.uniform_(empty(outputs, inputs / groups, window.Height, window.Width), -bound, bound));
        bias = hasBias ? Parameter(init.uniform_(empty(outputs), -bound, bound)) : null;
        RegisterComponents();
    }

    /// <summary>Every channel with a kernel of its own.</summary>
    public static ConvolutionModule Depthwise(int channels, ConvolutionWindow window) => new(channels, channels, window, channels);

    /// <summary>A linear map of every pixel's channels.</summary>
    public static ConvolutionModule Pointwise(int inputs, int outputs, bool hasBias = false) => new(inputs, outputs, ConvolutionWindow.Square(1), hasBias: hasBias);

    public int Inputs { get; }

    public int Outputs { get; }

    private bool IsDepthwise => _groups > 1 && _groups == Inputs && _groups == Outputs;

    public override Tensor forward(Tensor input) => Forward(input, Outputs);

    /// <summary>Computes the first <paramref name="outputs"/> channels; of a depthwise convolution, as many as the input has.</summary>
    /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
    /// <param name="outputs">How many.</param>
    /// <param name="resize">Makes the kernel smaller, around its middle; null for nothing.</param>
    public Tensor Forward(Tensor input, int outputs, Func<Tensor, Tensor>? resize = null)
    {
        var channels = input.shape[1];
        Tensor kernel = weight;
        var groups = (long)_groups;
        if (IsDepthwise)
        {
            if (channels < Inputs) (kernel, groups) = (kernel.narrow(0, 0, channels), channels);
        }
        else
        {
            if (outputs < Outputs) kernel = kernel.narrow(0, 0, outputs);
            if (channels < Inputs) kernel = kernel.narrow(1, 0, channels / _groups);
        }
        var window = _window;
        if (resize is not null)
        {
            kernel = resize(kernel);
            window = window with { Height = (int)kernel.shape[2], Width = (int)kernel.shape[3] };
        }
        var offset = bias is not null && outputs < Outputs ? bias.narrow(0, 0, outputs) : bias;
        return ForwardProbe.Layer(Convolution.Apply(input, kernel, offset, window, groups), kernel.numel() / kernel.shape[0]);
    }

    /// <summary>Adds the convolution's node, with a batch normalisation that follows it folded into its weights.</summary>
    public GraphValue Emit(GraphBuilder graph, GraphValue input, BatchNormModule? norm = null)
    {
        var values = weight.ToFloats();
        var offsets = bias?.ToFloats();
        if (norm is not null)
        {
            var (scale, shift) = norm.Fold();
            var size = values.Length / Outputs;
            for (var i = 0; i < values.Length; i++) values[i] *= scale[i / size];
            offsets = [.. shift.Select((value, output) => value + (offsets?[output] ?? 0) * scale[output])];
        }
        return graph.Conv(
            input, graph.Constant(values, Outputs, Inputs / _groups, _window.Height, _window.Width), offsets is null ? null : graph.Constant(offsets, Outputs),
            _window.Strides, _window.Pads, _window.Dilations, _groups);
    }
}
