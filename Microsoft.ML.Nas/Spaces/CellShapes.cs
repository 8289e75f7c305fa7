namespace Microsoft.ML.Nas.Spaces;

/// <summary>How the shapes of a cell's nodes make the shape of its output.</summary>
internal static class CellShapes
{
    /// <param name="cell">The cell.</param>
    /// <param name="nodes">The shapes of all nodes, inputs first.</param>
    /// <exception cref="SearchSpaceException">The nodes cannot be joined.</exception>
    public static Shape Output(Cell cell, IReadOnlyList<Shape> nodes)
    {
        if (cell.Output == CellOutput.LastNode) return nodes[^1];
        var first = nodes[cell.Inputs.Length];
        foreach (var node in nodes.Skip(cell.Inputs.Length))
            if (node.Dimensions.Length != first.Dimensions.Length || node.WithChannels(first.Channels) != first)
                throw new SearchSpaceException($"Cell '{cell.Name}' joins nodes of shapes {first} and {node}; they may differ in their channels only.");
        return first.WithChannels(nodes.Skip(cell.Inputs.Length).Sum(static node => node.Channels));
    }
}
