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
            default:
                throw new ArgumentException($"A {block.GetType().Name} still has choices; resolve the space with a genotype first.", nameof(block));
        }
    }
}
