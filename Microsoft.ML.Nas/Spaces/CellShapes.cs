namespace Microsoft.ML.Nas.Spaces;

/// <summary>How the shapes of a cell's nodes make the shape of its output.</summary>
internal static class CellShapes
{
    /// <param name="cell">The cell.</param>
    /// <param name="nodes">The shapes of all nodes, inputs first.</param>
    /// <exception cref="SearchSpaceException">The nodes cannot be joined.</exception>
    public static Shape Output(Cell cell, IReadOnlyList<Shape> nodes) => cell.Output == CellOutput.LastNode
        ? nodes[^1]
        : MergedShapes.Of(Merge.Concatenation, [.. nodes.Skip(cell.Inputs.Length)], $"Cell '{cell.Name}'");
}
