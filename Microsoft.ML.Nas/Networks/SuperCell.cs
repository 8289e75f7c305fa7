using Microsoft.ML.Nas.Networks.Cells;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>The module of a cell whose edges are open: one tensor per input, and a mixture, to one tensor.</summary>
/// <remarks>
/// Where a node keeps some of its edges and the mixture says which, only those run. Where the mixture has weights for the operations of its
/// edges instead, all edges run, as in DARTS. Weights for the decision itself scale each edge by the weights of the options that keep it.
/// </remarks>
internal sealed class SuperCell : Module<Tensor[], Mixture, Tensor>
{
    private readonly CellNode _cell;
    private readonly SuperModule[] _inputs;
    private readonly SuperModule[][] _edges;
    private readonly MixedNode?[] _mixed;
    private readonly MixedNode?[] _prepared;
    private readonly int _channelAxis;

    private SuperCell(CellNode cell, SuperModule[] inputs, SuperModule[][] edges, MixedNode?[] prepared, MixedNode?[] mixed, Shape output) : base(nameof(SuperCell))
    {
        (_cell, _inputs, _edges, _prepared, _mixed, _channelAxis) = (cell, inputs, edges, prepared, mixed, output.ChannelAxis + 1);
        for (var i = 0; i < inputs.Length; i++) register_module($"input{i}", inputs[i]);
        for (var vertex = 0; vertex < edges.Length; vertex++)
        {
            for (var edge = 0; edge < edges[vertex].Length; edge++)
                register_module($"edge{cell.Vertices[vertex].Edges[edge].From}to{inputs.Length + vertex}", edges[vertex][edge]);
            if (cell.Vertices[vertex] is { Decision: >= 0 } open) register_buffer($"kept{vertex}", KeptBy(open));
        }
    }

    /// <summary>Whether edges are computed together where they can be (<see cref="MixedNode"/>), not one option after the other. Default true.</summary>
    public bool ComputesTogether { get; set; } = true;

    /// <summary>Kernels of our own are for float32.</summary>
    private bool IsTogether => ComputesTogether && !Autocast.IsOn;

    /// <summary>Creates the modules of a cell for inputs up to the largest shapes.</summary>
    public static (SuperCell Module, Shape LargestOutput) Create(CellNode cell, ReadOnlySpan<Shape> inputs)
    {
        var nodes = new List<Shape>();
        var (preprocessing, prepared) = (new SuperModule[inputs.Length], new MixedNode?[inputs.Length]);
        for (var input = 0; input < inputs.Length; input++)
        {
            (preprocessing[input], var shape) = SupernetBuilder.Create(cell.Inputs[input], inputs[input]);
            prepared[input] = MixedNode.Create(cell.Inputs[input], preprocessing[input], inputs[input], shape);
            nodes.Add(shape);
        }
        var vertices = new List<SuperModule[]>();
        var mixed = new List<MixedNode?>();
        foreach (var vertex in cell.Vertices)
        {
            var edges = vertex.Edges.Select(edge => SupernetBuilder.Create(edge.Node, nodes[edge.From])).ToArray();
            vertices.Add([.. edges.Select(static edge => edge.Module)]);
            var joined = SupernetBuilder.Largest(edges.Select(static edge => edge.LargestOutput));
            mixed.Add(MixedNode.Create(vertex, vertices[^1], [.. vertex.Edges.Select(edge => nodes[edge.From])], joined));
            nodes.Add(joined);
        }
        var output = CellShapes.Output(cell.Cell, nodes);
        return (new SuperCell(cell, preprocessing, [.. vertices], prepared, [.. mixed], output), output);
    }

    public override Tensor forward(Tensor[] inputs, Mixture mixture)
    {
        var nodes = inputs.Select((input, index) => Prepare(index, input, mixture)).ToList();
        for (var vertex = 0; vertex < _edges.Length; vertex++) nodes.Add(Sum(vertex, nodes, mixture));
        return _cell.Cell.Output == CellOutput.LastNode || _edges.Length == 1 ? nodes[^1] : cat([.. nodes.Skip(_inputs.Length)], _channelAxis);
    }

    // Outside training the running statistics of the module's normalisation may be wanted.
    private Tensor Prepare(int index, Tensor input, Mixture mixture) =>
        (IsTogether && training ? _prepared[index]?.Sum([input], mixture, [true], null) : null) ?? InOrder(_inputs[index].call(input, mixture));

    // Convolutions leave channels last; a node that computes its edges together wants them first, and several nodes read one input.
    private Tensor InOrder(Tensor input) => IsTogether && _mixed.Any(static mixed => mixed is not null) ? input.contiguous() : input;

    private Tensor Sum(int vertex, List<Tensor> nodes, Mixture mixture)
    {
        var open = _cell.Vertices[vertex];
        var entry = open.Decision < 0 ? default : mixture[open.Decision];
        var factors = entry.Weights?.matmul(get_buffer($"kept{vertex}")!);
        var all = open.Decision < 0 || factors is not null || open.Edges.Any(edge => edge.Node is ChoiceNode choice && mixture[choice.Decision].Weights is not null);
        var runs = new bool[open.Edges.Length];
        for (var edge = 0; edge < runs.Length; edge++) runs[edge] = all || open.Subsets[entry.Index].Contains(edge);
        var sum = IsTogether ? _mixed[vertex]?.Sum([.. open.Edges.Select(edge => nodes[edge.From])], mixture, runs, factors) : null;
        for (var edge = 0; edge < open.Edges.Length; edge++)
        {
            if (!runs[edge]) continue;
            var value = _edges[vertex][edge].call(nodes[open.Edges[edge].From], mixture);
            if (factors is not null) value = value * factors.select(0, edge);
            sum = sum is null ? value : Scalars.Sum(sum, value);
        }
        return sum!;
    }

    /// <summary><c>[options, edges]</c>: 1 where an option keeps an edge.</summary>
    private static Tensor KeptBy(CellVertex vertex)
    {
        var kept = new float[vertex.Subsets.Length * vertex.Edges.Length];
        for (var option = 0; option < vertex.Subsets.Length; option++)
            foreach (var edge in vertex.Subsets[option]) kept[option * vertex.Edges.Length + edge] = 1;
        return tensor(kept, [vertex.Subsets.Length, vertex.Edges.Length]);
    }
}
