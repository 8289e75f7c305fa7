using System.Collections.Immutable;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Makes every choice of a tree work on a part of the channels, where it can (Xu 2020, PC-DARTS).</summary>
internal static class PartialChannels
{
    /// <summary>The tree with every choice asked to work on one of so many parts of its channels.</summary>
    public static SpaceNode Divide(SpaceNode node, int parts) => node switch
    {
        ChoiceNode choice => choice with { Parts = parts, Options = Divide(choice.Options, parts) },
        ChainNode chain => chain with { Nodes = Divide(chain.Nodes, parts) },
        ResidualNode residual => residual with { Body = Divide(residual.Body, parts) },
        RepeatNode repeat => repeat with { Copies = Divide(repeat.Copies, parts) },
        BranchesNode branches => branches with { Nodes = Divide(branches.Nodes, parts) },
        SkipNode skip => skip with { Layers = Divide(skip.Layers, parts) },
        CellNode cell => Divide(cell, parts),
        CellStackNode stack => stack with { Stem = Divide(stack.Stem, parts), Cells = [.. stack.Cells.Select(cell => Divide(cell, parts))] },
        _ => node,
    };

    /// <summary>An option on a part of its channels; null where it is made for a number of channels that cannot be divided.</summary>
    public static SpaceNode? PartOf(SpaceNode option, int parts)
    {
        switch (option)
        {
            case OpNode operation when operation.Decisions.All(static decision => decision < 0) && operation.Operation.OnPartOfChannels(parts) is { } part:
                return operation with { Operation = part };
            case ChainNode chain:
                var nodes = chain.Nodes.Select(node => PartOf(node, parts)).ToArray();
                return nodes.All(static node => node is not null) ? new ChainNode([.. nodes.OfType<SpaceNode>()]) : null;
            default:
                return null;
        }
    }

    /// <summary>The output of an option that <see cref="PartOf"/> takes.</summary>
    public static Shape OutputOf(SpaceNode option, Shape input) => option is ChainNode chain
        ? chain.Nodes.Aggregate(input, static (shape, node) => OutputOf(node, shape))
        : ((OpNode)option).Operation.OutputShape(input);

    private static CellNode Divide(CellNode cell, int parts) => cell with
    {
        Inputs = Divide(cell.Inputs, parts),
        Vertices = [.. cell.Vertices.Select(vertex => vertex with { Edges = [.. vertex.Edges.Select(edge => edge with { Node = Divide(edge.Node, parts) })] })],
    };

    private static ImmutableArray<SpaceNode> Divide(ImmutableArray<SpaceNode> nodes, int parts) => [.. nodes.Select(node => Divide(node, parts))];
}
