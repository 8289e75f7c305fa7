using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The unit that convolutional cells are made of: ReLU, convolutions, batch normalisation.</summary>
internal sealed class ConvolutionUnit : Module<Tensor, Tensor>
{
    private readonly ConvolutionModule[] _convolutions;
    private readonly BatchNormModule _norm;

    public ConvolutionUnit(bool affine, params ConvolutionModule[] convolutions) : base(nameof(ConvolutionUnit))
    {
        _convolutions = convolutions;
        _norm = BatchNormModule.OfChannels(convolutions[^1].Outputs, affine);
        for (var i = 0; i < convolutions.Length; i++) register_module($"convolution{i}", convolutions[i]);
        register_module("norm", _norm);
    }

    /// <summary>ReLU, a depthwise and a pointwise convolution, batch normalisation.</summary>
    public static ConvolutionUnit Separable(int inputs, int outputs, ConvolutionWindow window, bool affine) =>
        new(affine, ConvolutionModule.Depthwise(inputs, window), ConvolutionModule.Pointwise(inputs, outputs));

    public IReadOnlyList<ConvolutionModule> Convolutions => _convolutions;

    public BatchNormModule Norm => _norm;

    public override Tensor forward(Tensor input) =>
        _norm.forward(_convolutions.Aggregate(ForwardProbe.Relu(input), static (value, convolution) => convolution.forward(value)));

    public GraphValue Emit(GraphBuilder graph, GraphValue input)
    {
        var value = graph.Relu(input);
        foreach (var convolution in _convolutions[..^1]) value = convolution.Emit(graph, value);
        return _convolutions[^1].Emit(graph, value, _norm);
    }
}
