using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Adds up what a tree without choices costs.</summary>
internal static class BlockCost
{
    public static (Shape Output, Cost Cost) Of(Block block, Shape input)
    {
        switch (block)
        {
            case Op op:
                return (op.Operation.OutputShape(input), op.Operation.Cost(input));
            case Residual residual:
                var (output, body) = Of(residual.Body, input);
                return (output, body + new Cost(0, output.Count, output.Count * sizeof(float)));
            case Chain chain:
                var (shape, sum) = (input, default(Cost));
                foreach (var child in chain.Blocks)
                {
                    var (next, cost) = Of(child, shape);
                    (shape, sum) = (next, sum + cost);
                }
                return (shape, sum);
            case Cell cell:
                return OfCell(cell, [input]);
            case CellStack stack:
                var (last, total) = Of(stack.Stem, input);
                var beforeLast = last;
                foreach (var cell in stack.Cells)
                {
                    var (joined, cost) = OfCell(cell, cell.Inputs.Length == 1 ? [last] : [beforeLast, last]);
                    (beforeLast, last, total) = (last, joined, total + cost);
                }
                return (last, total);
            default:
                throw new ArgumentException($"A {block.GetType().Name} still has choices; resolve the space with a genotype first.", nameof(block));
        }
    }

    private static (Shape Output, Cost Cost) OfCell(Cell cell, ReadOnlySpan<Shape> inputs)
    {
        var (nodes, total) = (new List<Shape>(), default(Cost));
        for (var input = 0; input < inputs.Length; input++) Add(Of(cell.Inputs[input], inputs[input]), isNew: true);
        for (var edge = 0; edge < cell.Edges.Length; edge++)
            Add(Of(cell.Edges[edge].Block, nodes[cell.Edges[edge].From]), isNew: edge == 0 || cell.Edges[edge].To != cell.Edges[edge - 1].To);
        return (CellShapes.Output(cell, nodes), total);

        void Add((Shape Output, Cost Cost) part, bool isNew)
        {
            total += part.Cost;
            if (isNew) nodes.Add(part.Output);
        }
    }
}
