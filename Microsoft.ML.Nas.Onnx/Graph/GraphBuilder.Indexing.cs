using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// Entries of x along <paramref name="axis"/>, as <paramref name="indices"/> (Int32 or Int64) name them: the axis is replaced by the shape of the indices.
    /// With a table [rows, width] and axis 0 this is an embedding.
    /// </summary>
    public GraphValue Gather(GraphValue x, GraphValue indices, int axis = 0)
    {
        var node = Start("Gather", x, indices).Accept(indices, TypeSet.Indices);
        int place = node.Axis(axis, x.Rank);
        GraphShape shape = [.. x.Shape.Take(place), .. indices.Shape, .. x.Shape.Skip(place + 1)];
        return node.Attribute("axis", place).Output(x.ElementType, shape, GatheredContent(x, indices));
    }

    /// <summary>One element of x for each element of <paramref name="indices"/> (Int32 or Int64), which is its place along <paramref name="axis"/>; the result has the shape of the indices.</summary>
    public GraphValue GatherElements(GraphValue x, GraphValue indices, int axis = 0)
    {
        var node = Start("GatherElements", x, indices).Accept(indices, TypeSet.Indices).Rank(indices, x.Rank);
        return node.Attribute("axis", node.Axis(axis, x.Rank)).Output(x.ElementType, indices.Shape);
    }

    /// <summary>A new Float dimension of size <paramref name="depth"/> with <paramref name="on"/> at the index and <paramref name="off"/> elsewhere; negative indices count from the end, others out of range give <paramref name="off"/> throughout.</summary>
    /// <param name="indices">Numbers of any numeric type.</param>
    /// <param name="depth">Size of the new dimension, at least 1.</param>
    /// <param name="axis">Its place in the result; by default the last.</param>
    /// <param name="off">Value elsewhere.</param>
    /// <param name="on">Value at the index.</param>
    public GraphValue OneHot(GraphValue indices, long depth, int axis = -1, float off = 0, float on = 1)
    {
        var node = Start("OneHot", indices, Constant(depth), Constant([off, on], 2)).Accept(indices, TypeSet.Numeric);
        if (depth < 1)
            throw node.Error($"depth is {depth}", "Give 1 or more");
        int place = node.Axis(axis, indices.Rank + 1);
        return node.Attribute("axis", place).Output(ElementType.Float, [.. indices.Shape.Take(place), depth, .. indices.Shape.Skip(place)]);
    }

    /// <summary>The <paramref name="k"/> largest (or smallest) elements along <paramref name="axis"/> and their Int64 places; equal ones in order of their places.</summary>
    public (GraphValue Values, GraphValue Indices) TopK(GraphValue x, long k, int axis = -1, bool largest = true, bool sorted = true)
    {
        var node = Start("TopK", x, Constant([k], 1)).Accept(x, TypeSet.Numeric);
        int place = node.Axis(axis, x.Rank);
        if (k < 1 || k > (x.Shape[place].Size ?? long.MaxValue))
            throw node.Error($"k is {k}, dimension {place} has {x.Shape[place]}", "Give at least 1 and at most the size of the dimension");
        var shape = x.Shape.With(place, k);
        var outputs = node.Attribute("axis", place).Attribute("largest", largest).Attribute("sorted", sorted)
            .Outputs((x.ElementType, shape), (ElementType.Int64, shape));
        return (outputs[0], outputs[1]);
    }

    private static ImmutableArray<Dimension>? GatheredContent(GraphValue x, GraphValue indices)
    {
        if (x.Content is not { } content || indices.Content is not { } places)
            return null;
        var gathered = ImmutableArray.CreateBuilder<Dimension>(places.Length);
        foreach (var place in places)
        {
            long? index = place.Size < 0 ? place.Size + content.Length : place.Size;
            gathered.Add(index is { } i && i >= 0 && i < content.Length ? content[(int)i] : Dimension.Unknown);
        }

        return gathered.MoveToImmutable();
    }
}
