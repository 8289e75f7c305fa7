using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>The values one after another along <paramref name="axis"/>; their other dimensions agree, and their type.</summary>
    public GraphValue Concat(int axis, params ReadOnlySpan<GraphValue> values)
    {
        var node = Start("Concat", values!).AcceptSame(TypeSet.All);
        if (values.IsEmpty)
            throw node.Error("there are no values", "Give at least one");
        int place = node.Axis(axis, values[0].Rank);
        var shape = values[0].Shape;
        var content = values[0].Content;
        foreach (var value in values[1..])
        {
            shape = ShapeRules.Concat(node, shape, value.Shape, place);
            content = content is null || value.Content is null ? null : [.. content, .. value.Content];
        }

        return node.Attribute("axis", place).Output(values[0].ElementType, shape, content);
    }

    /// <summary>Cuts x along <paramref name="axis"/> into pieces of these sizes.</summary>
    public GraphValue[] Split(GraphValue x, int axis, params ReadOnlySpan<long> sizes)
    {
        var node = Start("Split", x, Constant(sizes, sizes.Length));
        int place = node.Axis(axis, x.Rank);
        if (sizes.IsEmpty)
            throw node.Error("no sizes are given", "Give the size of each piece");
        var outputs = new (ElementType, GraphShape)[sizes.Length];
        long sum = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 0)
                throw node.Error($"size {sizes[i]} is negative", "Give sizes of 0 or more");
            sum += sizes[i];
            outputs[i] = (x.ElementType, x.Shape.With(place, sizes[i]));
        }

        if (x.Shape[place].Size is { } size && size != sum)
            throw node.Error($"the pieces add up to {sum}, dimension {place} has {size}", "Give sizes that add up to it");
        return node.Attribute("axis", place).Outputs(outputs);
    }

    /// <summary>The part of x from <paramref name="start"/> until before <paramref name="end"/> along one axis. Negative places count from the end; those beyond it mean the end.</summary>
    public GraphValue Slice(GraphValue x, int axis, long start, long end, long step = 1) => Slice(x, [start], [end], [axis], [step]);

    /// <summary>The part of x from <paramref name="starts"/> until before <paramref name="ends"/> along <paramref name="axes"/>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="starts">First places, one an axis; negative ones count from the end.</param>
    /// <param name="ends">Places not taken any more; <see cref="long.MaxValue"/> is the end, with a negative step <see cref="long.MinValue"/> the beginning.</param>
    /// <param name="axes">The axes to cut; the others stay whole.</param>
    /// <param name="steps">Distances between places taken, not 0; negative ones go backwards. Empty: 1.</param>
    public GraphValue Slice(GraphValue x, ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, ReadOnlySpan<int> axes, ReadOnlySpan<long> steps = default)
    {
        RequireOwn(x);
        var stride = steps.IsEmpty ? Enumerable.Repeat(1L, starts.Length).ToArray() : steps.ToArray();
        var node = Start("Slice", x, Constant(starts, starts.Length), Constant(ends, ends.Length), AxesConstant(axes), Constant(stride, stride.Length));
        if (ends.Length != starts.Length || axes.Length != starts.Length || stride.Length != starts.Length)
            throw node.Error($"{starts.Length} starts, {ends.Length} ends, {axes.Length} axes and {stride.Length} steps are given", "Give one of each for every axis to cut");
        node.Axes(axes, x.Rank);
        var shape = x.Shape;
        for (int i = 0; i < starts.Length; i++)
        {
            if (stride[i] == 0)
                throw node.Error($"the step of axis {axes[i]} is 0", "Give a step of 1 or more, or a negative one to go backwards");
            // ONNX Runtime takes this for the beginning, ONNX for the end.
            if (stride[i] < 0 && ends[i] == long.MaxValue)
                throw node.Error($"axis {axes[i]} is cut backwards until long.MaxValue", "Write long.MinValue to go to the beginning");
            int place = node.Axis(axes[i], x.Rank);
            shape = shape.With(place, ShapeRules.Slice(shape[place], starts[i], ends[i], stride[i]));
        }

        return node.Output(x.ElementType, shape, SlicedContent(x, starts, ends, stride));
    }

    /// <summary>The part of x along <paramref name="axis"/> before a place that the graph computes.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis to cut; the others stay whole.</param>
    /// <param name="end">The first place not taken any more, Int64 [1]; a negative one counts from the end, one beyond it takes all.</param>
    public GraphValue Slice(GraphValue x, int axis, GraphValue end)
    {
        RequireOwn(x);
        var node = Start("Slice", x, Constant([0L], 1), end, AxesConstant([axis])).Accept(end, TypeSet.Of(ElementType.Int64)).Rank(end, 1);
        return node.Output(x.ElementType, x.Shape.With(node.Axis(axis, x.Rank), Dimension.Unknown));
    }

    private static ImmutableArray<Dimension>? SlicedContent(GraphValue x, ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, ReadOnlySpan<long> steps)
    {
        if (x.Content is not { } content || starts.Length != 1 || steps[0] != 1)
            return null;
        int from = Place(starts[0], content.Length), to = Place(ends[0], content.Length);
        return from < to ? content[from..to] : [];

        static int Place(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);
    }
}
