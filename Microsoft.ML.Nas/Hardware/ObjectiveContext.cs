using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Hardware;

/// <summary>What an objective may measure.</summary>
public sealed class ObjectiveContext
{
    private readonly Func<Cost> _cost;
    private readonly Shape? _input;
    private readonly int _outputs;
    private GraphBuilder? _graph;

    internal ObjectiveContext(Architecture architecture, Func<Cost> cost, Shape? input, int outputs) =>
        (Architecture, _cost, _input, _outputs) = (architecture, cost, input, outputs);

    /// <summary>The name of the only input of <see cref="Model"/>: encoded rows, <c>[N, input...]</c>, floats.</summary>
    public const string InputName = "Features";

    /// <summary>The architecture.</summary>
    public Architecture Architecture { get; }

    /// <summary>What its network costs per row.</summary>
    public Cost Cost => _cost();

    /// <summary>The shape of one encoded row.</summary>
    /// <exception cref="NotSupportedException">The search reads a table of results and has no data.</exception>
    public Shape Input => _input ?? throw new NotSupportedException("This search reads a table of results, in which no network is made; use objectives of its cost.");

    /// <summary>The network as an ONNX graph, with weights as they are before training.</summary>
    /// <exception cref="NotSupportedException">The search reads a table of results and has no data.</exception>
    public OnnxModel Model => Graph.Build();

    internal GraphBuilder Graph => _graph ??= Export();

    private GraphBuilder Export()
    {
        var input = Input;
        using var scope = NewDisposeScope();
        using var network = ModuleOwnership.Create(() => new Network(Architecture.Tree, input, _outputs), CPU);
        network.eval();
        var graph = new GraphBuilder("network");
        var outputs = network.Emit(graph, graph.Input(InputName, ElementType.Float, ["N", .. input.Dimensions.Select(static size => (Dimension)size)]));
        // Networks that answer for every token do so up to the longest text; buffers need a fixed size.
        graph.Output("Outputs", input is TokenShape tokens && outputs.Shape[1].Size is null ? SequencePadding.FillUp(graph, outputs, tokens.Length) : outputs);
        return graph;
    }
}
