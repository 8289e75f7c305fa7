using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Adds up what an architecture costs without making its tree or its modules.</summary>
/// <remarks>An operation is asked once for each value of its settings and each input, so that an architecture takes microseconds.</remarks>
internal sealed class SpaceCost
{
    private readonly ConcurrentDictionary<(OpNode Node, long Picks, Shape Input), (Shape Output, Cost Cost)> _known = new(Comparer.Instance);

    /// <summary>What a tree without choices costs.</summary>
    public static (Shape Output, Cost Cost) Of(Block tree, Shape input)
    {
        var (node, decisions) = SpaceBinder.Bind(tree);
        return decisions.IsEmpty
            ? new SpaceCost().Of(node, new Genotype([]), ImageShape.Normalize(input))
            : throw new ArgumentException($"The tree still has choices, '{decisions[0].Name}' for one; resolve the space with a genotype first.", nameof(tree));
    }

    /// <summary>What the architecture of a genotype costs.</summary>
    public (Shape Output, Cost Cost) Of(SpaceNode node, Genotype genotype, Shape input)
    {
        switch (node)
        {
            case OpNode op:
                if (op.Picks(genotype) is not { } picks) return Of(op, genotype, input);
                return _known.GetOrAdd((op, picks, input), static (key, genotype) => Of(key.Node, genotype, key.Input), genotype);
            case ChainNode chain:
                return InTurn(chain.Nodes, genotype, input);
            case ResidualNode residual:
                var (output, body) = Of(residual.Body, genotype, input);
                return (output, body + Sum(output));
            case BranchesNode branches:
                var parallel = branches.Nodes.Select(branch => Of(branch, genotype, input)).ToArray();
                var merged = MergedShapes.Of(branches.Merge, [.. parallel.Select(static branch => branch.Output)], "A block of branches");
                return (merged, parallel.Aggregate(default(Cost), static (sum, branch) => sum + branch.Cost));
            case ChoiceNode choice:
                return Of(choice.Options[genotype[choice.Decision]], genotype, input);
            case RepeatNode repeat:
                return InTurn(repeat.Copies.Take(SpaceResolver.Depth(repeat, genotype)), genotype, input);
            case SkipNode skip:
                return OfSkip(skip, genotype, input);
            case CellNode cell:
                return OfCell(cell, genotype, [input]);
            case CellStackNode stack:
                return OfStack(stack, genotype, input);
            default:
                throw new NotSupportedException($"Node of type {node.GetType()} is not known.");
        }
    }

    private static (Shape, Cost) Of(OpNode node, Genotype genotype, Shape input)
    {
        var operation = node.Resolve((decision, _) => genotype[decision]);
        return (operation.OutputShape(input), operation.Cost(input));
    }

    /// <summary>An addition counts as work on vectors; on images only convolutions and linear layers do, as in NAS-Bench-201's table.</summary>
    private static Cost Sum(Shape output) => new(0, output.Dimensions.Length == Shape.ImageRank ? 0 : output.Count, output.Count * sizeof(float));

    private (Shape, Cost) InTurn(IEnumerable<SpaceNode> nodes, Genotype genotype, Shape input)
    {
        var (shape, total) = (input, default(Cost));
        foreach (var node in nodes)
        {
            var (next, cost) = Of(node, genotype, shape);
            (shape, total) = (next, total + cost);
        }
        return (shape, total);
    }

    private (Shape Output, Cost Cost) OfStack(CellStackNode stack, Genotype genotype, Shape input)
    {
        var (last, total) = Of(stack.Stem, genotype, input);
        var beforeLast = last;
        foreach (var cell in stack.Cells)
        {
            var (output, cost) = OfCell(cell, genotype, cell.Inputs.Length == 1 ? [last] : [beforeLast, last]);
            (beforeLast, last, total) = (last, output, total + cost);
        }
        return (last, total);
    }

    private (Shape Output, Cost Cost) OfSkip(SkipNode skip, Genotype genotype, Shape input)
    {
        var (outputs, total) = (new List<Shape>(), default(Cost));
        for (var layer = 0; layer < skip.Layers.Length; layer++)
        {
            var sources = skip.SourcesOf(layer, genotype);
            var (output, cost) = Of(skip.Layers[layer], genotype, sources.IsEmpty ? input : SkipShapes.Joined([.. sources.Select(source => outputs[source])]));
            outputs.Add(output);
            total += cost;
        }
        var unread = SkipShapes.Unread(outputs.Count, (layer, later) => skip.SourcesOf(later, genotype).Contains(layer));
        return (SkipShapes.Joined([.. unread.Select(layer => outputs[layer])]), total);
    }

    private (Shape Output, Cost Cost) OfCell(CellNode cell, Genotype genotype, ReadOnlySpan<Shape> inputs)
    {
        var (nodes, total) = (new List<Shape>(cell.Inputs.Length + cell.Vertices.Length), default(Cost));
        for (var input = 0; input < inputs.Length; input++)
        {
            var (output, cost) = Of(cell.Inputs[input], genotype, inputs[input]);
            nodes.Add(output);
            total += cost;
        }
        foreach (var vertex in cell.Vertices)
        {
            Shape? sum = null;
            foreach (var edge in vertex.Kept(genotype))
            {
                (sum, var cost) = Of(edge.Node, genotype, nodes[edge.From]);
                total += cost;
            }
            nodes.Add(sum!);
        }
        return (CellShapes.Output(cell.Cell, nodes), total);
    }

    /// <summary>Nodes are told apart by being different nodes: comparing what is in them would cost more than it saves.</summary>
    private sealed class Comparer : IEqualityComparer<(OpNode Node, long Picks, Shape Input)>
    {
        public static readonly Comparer Instance = new();

        public bool Equals((OpNode Node, long Picks, Shape Input) x, (OpNode Node, long Picks, Shape Input) y) =>
            ReferenceEquals(x.Node, y.Node) && x.Picks == y.Picks && x.Input == y.Input;

        public int GetHashCode((OpNode Node, long Picks, Shape Input) key) => HashCode.Combine(RuntimeHelpers.GetHashCode(key.Node), key.Picks, key.Input);
    }
}
