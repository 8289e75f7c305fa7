using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>One direction: <c>[batch, steps, features]</c> to <c>[batch, steps, units]</c>, from the first step on.</summary>
internal sealed class DirectionModule : Module<Tensor, Tensor>
{
    private static readonly string[] Names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];

    private readonly Func<Tensor, Tensor> _run;
    private readonly Module layer;
    private Tensor[] _tensors = [];

    /// <param name="layer">The library's layer, batch first.</param>
    /// <param name="run">Calls it and returns its outputs.</param>
    public DirectionModule(Module layer, Func<Tensor, Tensor> run) : base(nameof(DirectionModule))
    {
        _run = run;
        this.layer = layer;
        RegisterComponents();
    }

    /// <summary>The layer's weights and biases, asked for again where the module was moved and has new ones.</summary>
    public Tensor[] Parameters
    {
        get
        {
            if (_tensors.Length == 0 || _tensors.Any(static parameter => parameter.IsInvalid)) _tensors = [.. Names.Select(Parameter)];
            return _tensors;
        }
    }

    public override Tensor forward(Tensor input) => _run(input);

    /// <summary>A parameter of the layer with its gates in another order.</summary>
    public float[] Values(string name, int[] gates)
    {
        var values = Parameter(name).ToFloats();
        var size = values.Length / gates.Length;
        return [.. gates.SelectMany(gate => values.AsSpan(gate * size, size).ToArray())];
    }

    private Tensor Parameter(string name) => layer.named_parameters().First(pair => pair.name == name).parameter;
}
