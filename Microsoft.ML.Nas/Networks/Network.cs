using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>One architecture as a module, with its prediction head: <c>[batch, input...]</c> to <c>[batch, members, outputs]</c>.</summary>
public sealed class Network : Module<Tensor, Tensor>
{
    private readonly BlockModule _body;
    private readonly PredictionHead _head;
    private readonly Module<Tensor, Tensor> _headModule;

    /// <summary>Creates a network with fresh weights from the default random generator.</summary>
    /// <param name="tree">A tree without choices.</param>
    /// <param name="input">The shape of one example.</param>
    /// <param name="outputs">The number of values a member predicts.</param>
    public Network(Block tree, Shape input, int outputs) : base(nameof(Network))
    {
        _head = new PredictionHead(outputs);
        (_body, var features) = BlockModule.Create(ImageNormalization.Before(tree, input), input);
        _headModule = _head.CreateModule(features);
        register_module("body", _body);
        register_module("head", _headModule);
        Cost = CostOf(tree, input, outputs);
    }

    /// <summary>What the network costs, its head included.</summary>
    public Cost Cost { get; }

    /// <summary>What a network of a tree costs, its head included, without making it.</summary>
    public static Cost CostOf(Block tree, Shape input, int outputs)
    {
        var (features, cost) = SpaceCost.Of(tree, input);
        return cost + new PredictionHead(outputs).Cost(features);
    }

    /// <summary>What an architecture's network costs, its head included, without making it.</summary>
    public static Cost CostOf(Architecture architecture, Shape input, int outputs)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var (features, cost) = architecture.Measure(input);
        return cost + new PredictionHead(outputs).Cost(features);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Autocast.InFull(_headModule, _body.call(input));

    /// <summary>Adds nodes that compute what this network computes in eval mode: <c>[N, input...]</c> to <c>[N, members, outputs]</c>.</summary>
    public GraphValue Emit(GraphBuilder graph, GraphValue input) => _head.Emit(graph, _headModule, _body.Emit(graph, input));
}
