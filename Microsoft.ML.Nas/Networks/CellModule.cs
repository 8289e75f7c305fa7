using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a cell without choices: one tensor per input to one.</summary>
internal sealed class CellModule : Module<Tensor[], Tensor>
{
    private readonly Cell _cell;
    private readonly BlockModule[] _inputs;
    private readonly BlockModule[] _edges;
    private readonly bool[] _adds;
    private readonly bool[] _mayDrop;
    private readonly int _channelAxis;

    private CellModule(Cell cell, BlockModule[] inputs, BlockModule[] edges, Shape output) : base(nameof(CellModule))
    {
        (_cell, _inputs, _edges, _channelAxis) = (cell, inputs, edges, output.ChannelAxis + 1);
        _adds = [.. cell.Edges.Select((edge, index) => !IsZero(edge) || index == First(cell, edge.To))];
        _mayDrop = [.. cell.Edges.Select(edge => cell.DropPath > 0 && edge.Block is not Op { Operation: Operations.Identity })];
        for (var i = 0; i < inputs.Length; i++) register_module($"input{i}", inputs[i]);
        for (var i = 0; i < edges.Length; i++) register_module($"edge{cell.Edges[i].From}to{cell.Edges[i].To}", edges[i]);
    }

    /// <summary>How far the training is, from 0 to 1, and so the share of <see cref="Cell.DropPath"/> with which paths are dropped. Default 1.</summary>
    public double Progress { get; set; } = 1;

    /// <summary>Creates the modules of a cell with fresh weights.</summary>
    public static (CellModule Module, Shape Output) Create(Cell cell, ReadOnlySpan<Shape> inputs)
    {
        var nodes = new List<Shape>();
        var (preprocessing, edges) = (new BlockModule[inputs.Length], new BlockModule[cell.Edges.Length]);
        for (var input = 0; input < inputs.Length; input++)
        {
            (preprocessing[input], var shape) = BlockModule.Create(cell.Inputs[input], inputs[input]);
            nodes.Add(shape);
        }
        for (var edge = 0; edge < edges.Length; edge++)
        {
            (edges[edge], var shape) = BlockModule.Create(cell.Edges[edge].Block, nodes[cell.Edges[edge].From]);
            if (cell.Edges[edge].To == nodes.Count) nodes.Add(shape);
        }
        var output = CellShapes.Output(cell, nodes);
        return (new CellModule(cell, preprocessing, edges, output), output);
    }

    public override Tensor forward(Tensor[] inputs) => Run(inputs,
        static (module, value) => module.call(value), Drop, Scalars.Sum, values => cat([.. values], _channelAxis));

    /// <summary>Adds nodes that compute the same in eval mode.</summary>
    public GraphValue Emit(GraphBuilder graph, GraphValue[] inputs) => Run(inputs,
        (module, value) => module.Emit(graph, value), static (value, _) => value, (left, right) => graph.Add(left, right), values => graph.Concat(_channelAxis, [.. values]));

    private Tensor Drop(Tensor value, int edge)
    {
        var rate = _cell.DropPath * Progress;
        return training && rate > 0 && _mayDrop[edge] ? DropPath.Drop(value, rate) : value;
    }

    private T Run<T>(T[] inputs, Func<BlockModule, T, T> apply, Func<T, int, T> drop, Func<T, T, T> add, Func<IReadOnlyList<T>, T> join)
    {
        var nodes = inputs.Zip(_inputs, (input, module) => apply(module, input)).ToList();
        for (var edge = 0; edge < _edges.Length; edge++)
        {
            if (!_adds[edge]) continue;
            var value = drop(apply(_edges[edge], nodes[_cell.Edges[edge].From]), edge);
            if (_cell.Edges[edge].To == nodes.Count) nodes.Add(value);
            else nodes[^1] = add(nodes[^1], value);
        }
        return _cell.Output == CellOutput.LastNode || nodes.Count == _inputs.Length + 1 ? nodes[^1] : join(nodes[_inputs.Length..]);
    }

    /// <summary>Whether an edge adds nothing to its node: "none" runs only where a node has nothing else.</summary>
    private static bool IsZero(CellEdge edge) => edge.Block is Op { Operation: Zero };

    /// <summary>The edge that a node's sum begins with: the first that is not zero, or else the first.</summary>
    private static int First(Cell cell, int node)
    {
        var edges = Enumerable.Range(0, cell.Edges.Length).Where(edge => cell.Edges[edge].To == node).ToArray();
        return edges.FirstOrDefault(edge => !IsZero(cell.Edges[edge]), edges[0]);
    }
}
