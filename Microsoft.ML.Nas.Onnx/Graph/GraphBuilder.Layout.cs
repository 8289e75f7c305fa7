using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>The same tensor.</summary>
    public GraphValue Identity(GraphValue x) => Start("Identity", x).Output(x.ElementType, x.Shape, x.Content);

    /// <summary>The elements as another type. Floats lose their fraction when they become integers.</summary>
    public GraphValue Cast(GraphValue x, ElementType type)
    {
        var node = Start("Cast", x);
        return Enum.IsDefined(type)
            ? node.Attribute("to", (long)type).Output(type, x.Shape)
            : throw node.Error($"{(int)type} is not an element type", "Use a member of ElementType");
    }

    /// <summary>The sizes of x as a one-dimensional Int64 tensor.</summary>
    public GraphValue Shape(GraphValue x) =>
        Start("Shape", x).Output(ElementType.Int64, GraphShape.Fixed(x.Rank), [.. x.Shape]);

    /// <summary>The same elements in another shape: 0 keeps the dimension at that place, -1 (once) takes what is left.</summary>
    public GraphValue Reshape(GraphValue x, params ReadOnlySpan<long> shape) => Reshape(x, Constant(shape, shape.Length));

    /// <summary>The same elements in a shape that the graph computes (one-dimensional Int64, as <see cref="Shape"/> returns).</summary>
    public GraphValue Reshape(GraphValue x, GraphValue shape)
    {
        var node = Start("Reshape", x, shape);
        return node.Output(x.ElementType, ReshapeRule.Infer(node, x.Shape, ShapeRules.ContentOf(node, shape)));
    }

    /// <summary>A matrix: the dimensions before <paramref name="axis"/> together, then the others together.</summary>
    public GraphValue Flatten(GraphValue x, int axis = 1)
    {
        var node = Start("Flatten", x);
        int split = axis == x.Rank ? axis : node.Axis(axis, x.Rank);
        var dimensions = x.Shape.AsSpan();
        return node.Attribute("axis", split)
            .Output(x.ElementType, [DimensionProduct.Of(dimensions[..split]).ToDimension(), DimensionProduct.Of(dimensions[split..]).ToDimension()]);
    }

    /// <summary>Adds dimensions of size 1, which are at <paramref name="axes"/> of the result.</summary>
    public GraphValue Unsqueeze(GraphValue x, params ReadOnlySpan<int> axes)
    {
        int rank = x.Rank + axes.Length;
        var (node, places) = StartWithAxes("Unsqueeze", x, axes, rank);
        var shape = x.Shape.ToList();
        foreach (int place in places)
            shape.Insert(place, 1);
        return node.Output(x.ElementType, [.. shape]);
    }

    /// <summary>Removes dimensions of size 1, those at <paramref name="axes"/>.</summary>
    public GraphValue Squeeze(GraphValue x, params ReadOnlySpan<int> axes)
    {
        var (node, places) = StartWithAxes("Squeeze", x, axes, x.Rank);
        foreach (int place in places)
        {
            if (x.Shape[place].Size is { } size and not 1)
                throw node.Error($"dimension {place} has size {size}, not 1", "Only dimensions of size 1 can be removed");
        }

        return node.Output(x.ElementType, [.. x.Shape.Where((_, i) => !places.Contains(i))]);
    }

    /// <summary>Dimension i of the result is dimension <c>permutation[i]</c> of x; no permutation reverses them all.</summary>
    public GraphValue Transpose(GraphValue x, params ReadOnlySpan<int> permutation)
    {
        var node = Start("Transpose", x);
        int[] order = permutation.IsEmpty ? [.. Enumerable.Range(0, x.Rank).Reverse()] : permutation.ToArray();
        if (!order.Order().SequenceEqual(Enumerable.Range(0, x.Rank)))
            throw node.Error($"[{string.Join(", ", order)}] is not a permutation of {x.Rank} dimensions", $"Name each of 0 to {x.Rank - 1} once");
        return node.Attribute("perm", order.Select(i => (long)i)).Output(x.ElementType, [.. order.Select(i => x.Shape[i])]);
    }

    /// <summary>Broadcasts x with a shape: 1 leaves a dimension as it is.</summary>
    public GraphValue Expand(GraphValue x, params ReadOnlySpan<long> shape) => Expand(x, Constant(shape, shape.Length));

    /// <summary>Broadcasts x with a shape that the graph computes (one-dimensional Int64, as <see cref="Shape"/> returns).</summary>
    public GraphValue Expand(GraphValue x, GraphValue shape)
    {
        var node = Start("Expand", x, shape);
        return node.Output(x.ElementType, ShapeRules.Broadcast(node, x.Shape, [.. ShapeRules.ContentOf(node, shape)]));
    }

    /// <summary>x put beside itself <c>repeats[i]</c> times along dimension i.</summary>
    public GraphValue Tile(GraphValue x, params ReadOnlySpan<long> repeats)
    {
        var node = Start("Tile", x, Constant(repeats, repeats.Length));
        if (repeats.Length != x.Rank)
            throw node.Error($"{repeats.Length} repeats are given for {x.Rank} dimensions", "Give one for each dimension");
        var shape = ImmutableArray.CreateBuilder<Dimension>(x.Rank);
        for (int i = 0; i < x.Rank; i++)
        {
            if (repeats[i] < 0)
                throw node.Error($"repeat {repeats[i]} of dimension {i} is negative", "Give 0 or more");
            shape.Add(DimensionProduct.Of([x.Shape[i], repeats[i]]).ToDimension());
        }

        return node.Output(x.ElementType, [.. shape]);
    }

    private (NodeDraft Node, int[] Axes) StartWithAxes(string op, GraphValue x, ReadOnlySpan<int> axes, int rank)
    {
        RequireOwn(x);
        var node = Start(op, x, AxesConstant(axes));
        return axes.IsEmpty ? throw node.Error("no axis is given", "Name at least one") : (node, node.Axes(axes, rank));
    }

    private GraphValue AxesConstant(ReadOnlySpan<int> axes)
    {
        var values = new long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
            values[i] = axes[i];
        return Constant(values, values.Length);
    }
}
