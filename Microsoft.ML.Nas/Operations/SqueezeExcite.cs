using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Scales each channel of an image by what the means of all channels say: <c>[C, H, W]</c> to the same (Hu 2018, with the hard sigmoid of
/// Howard 2019). In between are <c>C / reduction</c> units, rounded to a multiple of 8.
/// </summary>
/// <param name="Reduction">How many times fewer units there are than channels.</param>
public sealed record SqueezeExcite(int Reduction = 4) : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ConvolutionWindow.CheckPositive(this, Reduction);
        return ImageSize.Of(this, input).ToShape();
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var parameters = SqueezeModule.ParametersOf(ImageSize.Of(this, input).Channels, Reduction);
        return new(parameters, parameters, OutputShape(input).Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new SqueezeModule(ImageSize.Of(this, input).Channels, Reduction);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => ((SqueezeModule)module).Emit(graph, input);
}

/// <summary>Squeeze and excitation that also takes fewer channels, with the first of its weights.</summary>
internal sealed class SqueezeModule : Module<Tensor, Tensor>
{
    private const int UnitStep = 8;
    private readonly int _reduction;
    private readonly LinearModule squeeze;
    private readonly LinearModule excite;

    public SqueezeModule(int channels, int reduction) : base(nameof(SqueezeModule))
    {
        _reduction = reduction;
        squeeze = new LinearModule(channels, UnitsOf(channels, reduction));
        excite = new LinearModule(UnitsOf(channels, reduction), channels);
        RegisterComponents();
    }

    public static long ParametersOf(int channels, int reduction) => UnitsOf(channels, reduction) * (2L * channels + 1) + channels;

    public override Tensor forward(Tensor input) => input * Gate(input);

    /// <summary>What each channel is scaled by, <c>[batch, channels, 1, 1]</c>.</summary>
    public Tensor Gate(Tensor input)
    {
        var channels = (int)input.shape[1];
        var units = functional.relu(squeeze.Forward(input.mean([2, 3]), UnitsOf(channels, _reduction)));
        return functional.hardsigmoid(excite.Forward(units, channels)).unsqueeze(-1).unsqueeze(-1);
    }

    public GraphValue Emit(GraphBuilder graph, GraphValue input)
    {
        var units = graph.Relu(squeeze.Emit(graph, graph.Flatten(graph.GlobalAveragePool(input))));
        var gate = graph.HardSigmoid(excite.Emit(graph, units), alpha: 1 / 6f, beta: 0.5f);
        return graph.Mul(input, graph.Unsqueeze(gate, axes: [2, 3]));
    }

    private static int UnitsOf(int channels, int reduction) => Math.Max(UnitStep, (channels + reduction * UnitStep / 2) / (reduction * UnitStep) * UnitStep);
}
