namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>The mean along <paramref name="axes"/> (empty: all).</summary>
    public GraphValue ReduceMean(GraphValue x, ReadOnlySpan<int> axes, bool keepDims = true) => Reduce("ReduceMean", TypeSet.Wide, x, axes, keepDims, axesAsInputSince: 18);

    /// <summary>The sum along <paramref name="axes"/> (empty: all).</summary>
    public GraphValue ReduceSum(GraphValue x, ReadOnlySpan<int> axes, bool keepDims = true) => Reduce("ReduceSum", TypeSet.Wide, x, axes, keepDims, axesAsInputSince: 13);

    /// <summary>The largest element along <paramref name="axes"/> (empty: all).</summary>
    public GraphValue ReduceMax(GraphValue x, ReadOnlySpan<int> axes, bool keepDims = true) => Reduce("ReduceMax", Extrema, x, axes, keepDims, axesAsInputSince: 18);

    /// <summary>The smallest element along <paramref name="axes"/> (empty: all).</summary>
    public GraphValue ReduceMin(GraphValue x, ReadOnlySpan<int> axes, bool keepDims = true) => Reduce("ReduceMin", Extrema, x, axes, keepDims, axesAsInputSince: 18);

    /// <summary>The Int64 place of the largest element along <paramref name="axis"/>, the first of equal ones.</summary>
    public GraphValue ArgMax(GraphValue x, int axis, bool keepDims = true)
    {
        var node = Start("ArgMax", x).Accept(TypeSet.Numeric);
        int place = node.Axis(axis, x.Rank);
        return node.Attribute("axis", place).Attribute("keepdims", keepDims).Output(ElementType.Int64, ShapeRules.Reduce(x.Shape, [place], keepDims));
    }

    /// <summary>The running sum along <paramref name="axis"/>.</summary>
    /// <param name="x">Floats, or integers of 32 or 64 bits.</param>
    /// <param name="axis">Along which to add.</param>
    /// <param name="exclusive">Each sum leaves out its own element.</param>
    /// <param name="reverse">Add from the end.</param>
    public GraphValue CumSum(GraphValue x, int axis, bool exclusive = false, bool reverse = false)
    {
        var node = Start("CumSum", x, Constant((long)axis)).Accept(x, TypeSet.Wide);
        node.Axis(axis, x.Rank);
        return node.Attribute("exclusive", exclusive).Attribute("reverse", reverse).Output(x.ElementType, x.Shape);
    }

    private static TypeSet Extrema => TypeSet.Wide | TypeSet.Of(ElementType.Int8, ElementType.UInt8);

    private GraphValue Reduce(string op, TypeSet types, GraphValue x, ReadOnlySpan<int> axes, bool keepDims, int axesAsInputSince)
    {
        RequireOwn(x);
        bool asInput = Opset >= axesAsInputSince;
        GraphValue[] inputs = asInput && !axes.IsEmpty ? [x, AxesConstant(axes)] : [x];
        var node = Start(op, inputs).Accept(x, types);
        int[] places = axes.IsEmpty ? [.. Enumerable.Range(0, x.Rank)] : node.Axes(axes, x.Rank);
        if (!asInput && !axes.IsEmpty)
            node.Attribute("axes", places.Select(place => (long)place));
        return node.Attribute("keepdims", keepDims).Output(x.ElementType, ShapeRules.Reduce(x.Shape, places, keepDims));
    }
}
