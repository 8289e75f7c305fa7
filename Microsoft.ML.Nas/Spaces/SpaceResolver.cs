namespace Microsoft.ML.Nas.Spaces;

/// <summary>Follows a genotype through the space's tree: what is left has no choices.</summary>
internal static class SpaceResolver
{
    public static Block Resolve(SpaceNode node, Genotype genotype) => node switch
    {
        OpNode op => new Op(op.Resolve((decision, _) => genotype[decision])),
        ChainNode chain => Flatten(chain.Nodes.Select(child => Resolve(child, genotype))),
        ResidualNode residual => new Residual(Resolve(residual.Body, genotype)),
        ChoiceNode choice => Resolve(choice.Options[genotype[choice.Decision]], genotype),
        RepeatNode repeat => Flatten(repeat.Copies.Take(Depth(repeat, genotype)).Select(copy => Resolve(copy, genotype))),
        BranchesNode branches => new Branches(branches.Merge, [.. branches.Nodes.Select(branch => Resolve(branch, genotype))]),
        SkipNode skip => new SkipConnections(skip.Name, [.. skip.Layers.Select(layer => Resolve(layer, genotype))], [.. skip.Layers.Select((_, layer) => skip.SourcesOf(layer, genotype))]),
        CellNode cell => ResolveCell(cell, genotype),
        CellStackNode stack => new CellStack(Resolve(stack.Stem, genotype), [.. stack.Cells.Select(cell => ResolveCell(cell, genotype))]),
        _ => throw new NotSupportedException($"Node of type {node.GetType()} is not known."),
    };

    public static int Depth(RepeatNode repeat, Genotype genotype) =>
        repeat.Decision < 0 ? repeat.Copies.Length : repeat.Min + genotype[repeat.Decision];

    private static Cell ResolveCell(CellNode node, Genotype genotype) => new(
        node.Cell.Name,
        [.. node.Inputs.Select(input => Resolve(input, genotype))],
        [.. node.Vertices.SelectMany((vertex, index) => vertex.Kept(genotype).Select(edge => new CellEdge(edge.From, node.Inputs.Length + index, Resolve(edge.Node, genotype))
        {
            Label = edge.Node is ChoiceNode choice ? node.Cell.LabelOf(edge.From, node.Inputs.Length + index, genotype[choice.Decision]) : null,
        }))])
    {
        Output = node.Cell.Output,
        DropPath = node.Cell.DropPath,
    };

    private static Chain Flatten(IEnumerable<Block> blocks) =>
        new([.. blocks.SelectMany(static block => block is Chain inner ? inner.Blocks.AsEnumerable() : [block])]);
}
