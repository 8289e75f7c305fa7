using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>The module of an <see cref="InvertedResidual"/>, which also takes fewer channels, with the first of its weights.</summary>
internal sealed class InvertedModule : Module<Tensor, Tensor>
{
    private readonly bool _usesHardSwish;
    private readonly ConvolutionModule? expand;
    private readonly BatchNormModule? expandNorm;
    private readonly ConvolutionModule depthwise;
    private readonly BatchNormModule depthwiseNorm;
    private readonly SqueezeModule? squeeze;
    private readonly ConvolutionModule project;
    private readonly BatchNormModule projectNorm;

    public InvertedModule(InvertedResidual operation, int inputs) : base(nameof(InvertedModule))
    {
        var (outputs, hidden) = (operation.Channels.Value, inputs * operation.Expansion.Value);
        _usesHardSwish = operation.UsesHardSwish;
        MaySkip = operation.Stride == 1;
        if (operation.Expansion.Value > 1)
        {
            expand = ConvolutionModule.Pointwise(inputs, hidden);
            expandNorm = BatchNormModule.OfChannels(hidden);
        }
        depthwise = ConvolutionModule.Depthwise(hidden, ConvolutionWindow.Square(operation.Kernel.Value, operation.Stride));
        depthwiseNorm = BatchNormModule.OfChannels(hidden);
        squeeze = operation.SqueezeExcite.Value ? new SqueezeModule(hidden, InvertedResidual.SqueezeReduction) : null;
        project = ConvolutionModule.Pointwise(hidden, outputs);
        projectNorm = BatchNormModule.OfChannels(outputs);
        RegisterComponents();
    }

    /// <summary>Whether the input is added where it has as many channels as the output.</summary>
    public bool MaySkip { get; }

    public SqueezeModule? Squeeze => squeeze;

    public override Tensor forward(Tensor input)
    {
        var body = Body(input, depthwise.Inputs, project.Outputs, null, null, value => squeeze is null ? value : squeeze.forward(value));
        return MaySkip && input.shape[1] == project.Outputs ? Scalars.Sum(body, input) : body;
    }

    /// <summary>All but the skip connection.</summary>
    /// <param name="input"><c>[batch, channels, height, width]</c>.</param>
    /// <param name="hidden">The number of channels in between.</param>
    /// <param name="outputs">The number of output channels.</param>
    /// <param name="resize">Makes the depthwise kernels smaller; null for nothing.</param>
    /// <param name="hiddenMask">What the channels in between are multiplied by; null for nothing.</param>
    /// <param name="excite">Squeeze-excite, or nothing.</param>
    public Tensor Body(Tensor input, int hidden, int outputs, Func<Tensor, Tensor>? resize, Tensor? hiddenMask, Func<Tensor, Tensor> excite)
    {
        var value = expand is null ? input : Activate(expandNorm!.forward(expand.Forward(input, hidden)));
        value = Activate(depthwiseNorm.forward(depthwise.Forward(value, hidden, resize)));
        if (hiddenMask is not null) value = value * hiddenMask;
        return projectNorm.forward(project.Forward(excite(value), outputs));
    }

    public GraphValue Emit(GraphBuilder graph, GraphValue input)
    {
        var value = expand is null ? input : Activate(graph, expand.Emit(graph, input, expandNorm));
        value = Activate(graph, depthwise.Emit(graph, value, depthwiseNorm));
        if (squeeze is not null) value = squeeze.Emit(graph, value);
        value = project.Emit(graph, value, projectNorm);
        return MaySkip && input.Shape[1].Size == project.Outputs ? graph.Add(value, input) : value;
    }

    private Tensor Activate(Tensor value) => _usesHardSwish ? functional.hardswish(value) : Autocast.Relu6(value);

    private GraphValue Activate(GraphBuilder graph, GraphValue value) => _usesHardSwish ? graph.HardSwish(value) : graph.Clip(value, 0, 6);
}
