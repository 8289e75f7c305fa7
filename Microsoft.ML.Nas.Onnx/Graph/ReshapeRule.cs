using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

/// <summary>The shape that Reshape gives.</summary>
internal static class ReshapeRule
{
    public static GraphShape Infer(NodeDraft node, GraphShape input, ImmutableArray<Dimension> target)
    {
        var shape = new Dimension[target.Length];
        int inferred = -1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = target[i];
            switch (target[i].Size)
            {
                case 0:
                    shape[i] = i < input.Rank ? input[i]
                        : throw node.Error($"0 at place {i} of the target keeps a dimension that {input} does not have", "Write its size");
                    break;
                case -1 when inferred < 0:
                    inferred = i;
                    shape[i] = 1;
                    break;
                case < 0:
                    throw node.Error($"{target[i]} at place {i} of the target is not a size", "Use sizes, 0 to keep a dimension, and -1 once for what is left");
            }
        }

        var from = DimensionProduct.Of(input.AsSpan());
        var to = DimensionProduct.Of(shape);
        var rest = from.DividedBy(to);
        if (rest is null || (inferred < 0 && rest.Value.Size is not (null or 1)))
            throw node.Error($"{from} elements do not fit [{string.Join(", ", target)}]", "Give sizes whose product is the number of elements");
        if (inferred >= 0)
            shape[inferred] = rest.Value;
        return GraphShape.Create(shape);
    }
}
