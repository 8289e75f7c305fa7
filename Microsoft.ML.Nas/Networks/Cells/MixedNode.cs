using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Operations.Kernels;
using Microsoft.ML.Nas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>
/// A node of a cell whose edges are convolutions, poolings, skips or choices among them, computed together on the CPU: the same function as the
/// options' modules one by one, with the same parameters, in one forward and one backward.
/// </summary>
/// <remarks>
/// What many small operations cost is mostly not arithmetic. Here each channel's image stays in the first-level cache from ReLU to the
/// pointwise convolution, depthwise convolutions run without im2col, batch normalisation and the options' weights fold into one
/// multiplication, only pointwise convolutions' outputs are kept for the backward, and the rest is computed again. Results do not depend
/// on the number of threads.
/// </remarks>
internal sealed class MixedNode
{
    private readonly (int Position, int Decision, SuperModule[] Options)[] _choices;
    private Tensor[]? _parameters;

    private MixedNode(int outputs, MixedEdge[] edges, (int Position, int Decision, SuperModule[] Options)[] choices, int parameters)
    {
        (Outputs, Edges, _choices, Parameters) = (outputs, edges, choices, parameters);
        Units = [.. edges.SelectMany(static edge => edge.Units)];
        FirstUnits = [.. edges.Select((_, index) => edges[..index].Sum(static edge => edge.Units.Length))];
    }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    public MixedEdge[] Edges { get; }

    /// <summary>All edges' units.</summary>
    public MixedUnit[] Units { get; }

    /// <summary>By edge, where its units begin in <see cref="Units"/>.</summary>
    public int[] FirstUnits { get; }

    /// <summary>The number of parameters.</summary>
    public int Parameters { get; }

    /// <summary>A layout of the output.</summary>
    public PlaneLayout Layout => Edges[0].Layout;

    /// <summary>The distance between output channels in memory.</summary>
    public int Plane => Layout.OutputPlane;

    /// <summary>Lays out a node; null where none of its edges is a choice that this can compute, with at least one convolution.</summary>
    /// <param name="vertex">The node.</param>
    /// <param name="modules">The edges' modules.</param>
    /// <param name="inputs">The shapes that the edges read.</param>
    /// <param name="output">The node's shape.</param>
    public static MixedNode? Create(CellVertex vertex, IReadOnlyList<SuperModule> modules, IReadOnlyList<Shape> inputs, Shape output)
    {
        if (output.Dimensions is not [var outputs, var height, var width]) return null;
        var (edges, choices, weights) = (new List<MixedEdge>(), new List<(int, int, SuperModule[])>(), new WeightMap());
        for (var position = 0; position < vertex.Edges.Length; position++)
        {
            if (OperationsOf(vertex.Edges[position].Node) is not { } operations) continue;
            if (inputs[position] is not { Dimensions: [var channels, var inputHeight, var inputWidth] } input) continue;
            if (!operations.All(operation => operation.OutputShape(input) == output)) continue;
            var computed = operations.Where(static operation => operation is not (Identity or Zero)).ToArray();
            if (computed.Length == 0 || computed.Any(static operation => MixedUnit.ReachOf(operation) is null)) continue;
            var (stride, reach) = (MixedUnit.StrideOf(computed[0]), computed.Max(static operation => MixedUnit.ReachOf(operation)!.Value));
            if (computed.Any(operation => MixedUnit.StrideOf(operation) != stride)) continue;
            var layout = new PlaneLayout(inputHeight, inputWidth, stride, reach);
            var inner = new PlaneLayout(height, width, 1, reach);
            weights.NextEdge();
            var units = operations.Index().Where(pair => computed.Contains(pair.Item))
                .Select(pair => MixedUnit.Create(pair.Index, pair.Item, layout, inner, channels, weights)).ToArray();
            int[] skips = [.. operations.Index().Where(static pair => pair.Item is Identity).Select(static pair => pair.Index)];
            edges.Add(new(layout, inner, channels, units, skips, weights.Count));
            choices.Add((position, vertex.Edges[position].Node is ChoiceNode choice ? choice.Decision : -1, [.. modules[position].Options]));
        }
        return edges.Any(static edge => edge.Units.Any(static unit => unit.First is not null)) ? new(outputs, [.. edges], [.. choices], weights.Parameters) : null;
    }

    /// <summary>Adds up the edges that this computes; null where it cannot compute these inputs.</summary>
    /// <param name="inputs">What the node's edges read.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="runs">By edge of the node, whether it takes part; those that are computed here are taken out.</param>
    /// <param name="factors">What each edge is multiplied by; null for nothing.</param>
    public Tensor? Sum(IReadOnlyList<Tensor> inputs, Mixture mixture, bool[] runs, Tensor? factors)
    {
        var edges = Enumerable.Range(0, Edges.Length).Where(edge => runs[_choices[edge].Position] && Takes(Edges[edge], inputs[_choices[edge].Position])).ToArray();
        if (edges.Length == 0 || inputs[0].shape[0] * Layout.OutputArea == 1) return null;
        using var scope = NewDisposeScope();
        var entries = new MixtureEntry[Edges.Length];
        var variables = new List<object?> { new MixedPass(this, edges, entries) };
        foreach (var edge in edges)
        {
            var (position, decision, _) = _choices[edge];
            var entry = decision < 0 ? default : mixture[decision];
            var weights = entry.Weights;
            if (factors is not null) weights = (weights ?? OneHot(entry.Index, _choices[edge].Options.Length)) * factors.select(0, position);
            entries[edge] = entry with { Weights = null };
            variables.Add(inputs[position].contiguous());
            variables.Add(weights?.contiguous());
            runs[position] = false;
        }
        variables.AddRange(CurrentParameters());
        return MixedFunction.apply([.. variables!]).MoveToOuterDisposeScope();
    }

    /// <summary>Lays out the preprocessing of a cell's input as a node of one edge with one option; null where this cannot compute it.</summary>
    /// <param name="node">The preprocessing.</param>
    /// <param name="module">Its module.</param>
    /// <param name="input">The shape that it reads.</param>
    /// <param name="output">The shape that it gives.</param>
    public static MixedNode? Create(SpaceNode node, SuperModule module, Shape input, Shape output) =>
        node is OpNode ? Create(new CellVertex(-1, [[0]], [new(0, node)]), [module], [input], output) : null;

    private static Operation[]? OperationsOf(SpaceNode node) => node switch
    {
        OpNode { Operation: var operation } when !operation.Settings.Any() => [operation],
        ChoiceNode { Parts: 1 } choice when choice.Options.All(static option => option is OpNode && OperationsOf(option) is not null) =>
            [.. choice.Options.Select(static option => ((OpNode)option).Operation)],
        _ => null,
    };

    private static bool Takes(MixedEdge edge, Tensor input) =>
        input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && input.shape is [_, var channels, var height, var width]
        && channels == edge.Channels && height == edge.Layout.Height && width == edge.Layout.Width;

    private static Tensor OneHot(int index, int count)
    {
        var values = new float[count];
        values[index] = 1;
        return tensor(values);
    }

    /// <summary>The options' parameters, asked for again where the module was moved and has new ones.</summary>
    private Tensor[] CurrentParameters()
    {
        if (_parameters is null || _parameters.Any(static parameter => parameter.IsInvalid))
        {
            _parameters = [.. _choices.SelectMany(static choice => choice.Options).SelectMany(static option => option.parameters())];
            if (_parameters.Length != Parameters) throw new InvalidOperationException($"The options have {_parameters.Length} parameters where {Parameters} were expected.");
        }
        return _parameters;
    }
}
