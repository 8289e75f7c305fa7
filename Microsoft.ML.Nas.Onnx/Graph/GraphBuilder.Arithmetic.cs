namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>a + b; both broadcast, of one numeric type.</summary>
    public GraphValue Add(GraphValue a, GraphValue b) => Elementwise("Add", a, b);

    /// <summary>a - b; both broadcast, of one numeric type.</summary>
    public GraphValue Sub(GraphValue a, GraphValue b) => Elementwise("Sub", a, b);

    /// <summary>a · b, element by element; both broadcast, of one numeric type.</summary>
    public GraphValue Mul(GraphValue a, GraphValue b) => Elementwise("Mul", a, b);

    /// <summary>a / b; both broadcast, of one numeric type. Integers divide towards zero.</summary>
    public GraphValue Div(GraphValue a, GraphValue b) => Elementwise("Div", a, b);

    /// <summary>a to the power b; both broadcast. The result has the type of <paramref name="a"/>, a float or an integer of 32 or 64 bits.</summary>
    public GraphValue Pow(GraphValue a, GraphValue b)
    {
        var node = Start("Pow", a, b).Accept(a, TypeSet.Floating | TypeSet.Indices).Accept(b, TypeSet.Numeric);
        return node.Output(a.ElementType, ShapeRules.Broadcast(node, a.Shape, b.Shape));
    }

    /// <summary>The smallest of the values at each element; all broadcast, of one numeric type.</summary>
    public GraphValue Min(params ReadOnlySpan<GraphValue> values) => Variadic("Min", values);

    /// <summary>The largest of the values at each element; all broadcast, of one numeric type.</summary>
    public GraphValue Max(params ReadOnlySpan<GraphValue> values) => Variadic("Max", values);

    /// <summary>-x of a signed numeric type.</summary>
    public GraphValue Neg(GraphValue x) => Unary("Neg", TypeSet.Signed, x);

    /// <summary>|x| of a numeric type.</summary>
    public GraphValue Abs(GraphValue x) => Unary("Abs", TypeSet.Numeric, x);

    /// <summary>-1, 0 or 1 of a numeric type.</summary>
    public GraphValue Sign(GraphValue x) => Unary("Sign", TypeSet.Numeric, x);

    /// <summary>1 / x.</summary>
    public GraphValue Reciprocal(GraphValue x) => Unary("Reciprocal", TypeSet.Floating, x);

    /// <summary>e to the power x.</summary>
    public GraphValue Exp(GraphValue x) => Unary("Exp", TypeSet.Floating, x);

    /// <summary>The natural logarithm.</summary>
    public GraphValue Log(GraphValue x) => Unary("Log", TypeSet.Floating, x);

    /// <summary>The square root; NaN below zero.</summary>
    public GraphValue Sqrt(GraphValue x) => Unary("Sqrt", TypeSet.Floating, x);

    /// <summary>The sine of x in radians.</summary>
    public GraphValue Sin(GraphValue x) => Unary("Sin", TypeSet.Floating, x);

    /// <summary>The cosine of x in radians.</summary>
    public GraphValue Cos(GraphValue x) => Unary("Cos", TypeSet.Floating, x);

    /// <summary>The largest integer not above x.</summary>
    public GraphValue Floor(GraphValue x) => Unary("Floor", TypeSet.Floating, x);

    /// <summary>The nearest integer; halves go to the even one.</summary>
    public GraphValue Round(GraphValue x) => Unary("Round", TypeSet.Floating, x);

    /// <summary>The error function.</summary>
    public GraphValue Erf(GraphValue x) => Unary("Erf", TypeSet.Numeric, x);

    /// <summary>x, but not below <paramref name="min"/> nor above <paramref name="max"/>; null leaves that side open.</summary>
    public GraphValue Clip(GraphValue x, double? min = null, double? max = null)
    {
        RequireOwn(x);
        var lower = min is { } low ? Scalar(x.ElementType, low) : null;
        var upper = max is { } high ? Scalar(x.ElementType, high) : null;
        GraphValue?[] inputs = upper is not null ? [x, lower, upper] : lower is not null ? [x, lower] : [x];
        return Start("Clip", inputs).AcceptSame(TypeSet.Numeric).Output(x.ElementType, x.Shape);
    }

    private GraphValue Unary(string op, TypeSet types, GraphValue x) => Start(op, x).Accept(types).Output(x.ElementType, x.Shape);

    private GraphValue Elementwise(string op, GraphValue a, GraphValue b)
    {
        var node = Start(op, a, b).AcceptSame(TypeSet.Numeric);
        return node.Output(a.ElementType, ShapeRules.Broadcast(node, a.Shape, b.Shape));
    }

    private GraphValue Variadic(string op, ReadOnlySpan<GraphValue> values)
    {
        var node = Start(op, values!).AcceptSame(TypeSet.Numeric);
        if (values.IsEmpty)
            throw node.Error("there are no values", "Give at least one");
        var shape = values[0].Shape;
        foreach (var value in values[1..])
            shape = ShapeRules.Broadcast(node, shape, value.Shape);
        return node.Output(values[0].ElementType, shape);
    }
}
