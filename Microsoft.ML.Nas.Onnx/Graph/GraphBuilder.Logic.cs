namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    private static readonly TypeSet Truth = TypeSet.Of(ElementType.Bool);

    /// <summary>The opposite of a Bool.</summary>
    public GraphValue Not(GraphValue x) => Unary("Not", Truth, x);

    /// <summary>True where both are; both Bool, broadcast.</summary>
    public GraphValue And(GraphValue a, GraphValue b) => Comparison("And", Truth, a, b);

    /// <summary>True where one is; both Bool, broadcast.</summary>
    public GraphValue Or(GraphValue a, GraphValue b) => Comparison("Or", Truth, a, b);

    /// <summary>True where a = b; both broadcast, of one numeric type or Bool. (Text cannot be compared before opset 19: use LabelEncoder.)</summary>
    public GraphValue Equal(GraphValue a, GraphValue b) => Comparison("Equal", TypeSet.Numeric | Truth, a, b);

    /// <summary>True where a &lt; b; both broadcast, of one numeric type.</summary>
    public GraphValue Less(GraphValue a, GraphValue b) => Comparison("Less", TypeSet.Numeric, a, b);

    /// <summary>True where a ≤ b; both broadcast, of one numeric type.</summary>
    public GraphValue LessOrEqual(GraphValue a, GraphValue b) => Comparison("LessOrEqual", TypeSet.Numeric, a, b);

    /// <summary>True where a > b; both broadcast, of one numeric type.</summary>
    public GraphValue Greater(GraphValue a, GraphValue b) => Comparison("Greater", TypeSet.Numeric, a, b);

    /// <summary>True where a ≥ b; both broadcast, of one numeric type.</summary>
    public GraphValue GreaterOrEqual(GraphValue a, GraphValue b) => Comparison("GreaterOrEqual", TypeSet.Numeric, a, b);

    /// <summary>True where x is not a number.</summary>
    public GraphValue IsNaN(GraphValue x) => Start("IsNaN", x).Accept(TypeSet.Floating).Output(ElementType.Bool, x.Shape);

    /// <summary>True where x is infinite, of Float or Double.</summary>
    public GraphValue IsInf(GraphValue x) =>
        Start("IsInf", x).Accept(TypeSet.Of(ElementType.Float, ElementType.Double)).Output(ElementType.Bool, x.Shape);

    /// <summary>a where the Bool condition holds, else b; all three broadcast, a and b of one type, which may be String.</summary>
    public GraphValue Where(GraphValue condition, GraphValue a, GraphValue b)
    {
        var node = Start("Where", condition, a, b).Accept(condition, Truth).Same(a, b);
        return node.Output(a.ElementType, ShapeRules.Broadcast(node, condition.Shape, ShapeRules.Broadcast(node, a.Shape, b.Shape)));
    }

    private GraphValue Comparison(string op, TypeSet types, GraphValue a, GraphValue b)
    {
        var node = Start(op, a, b).AcceptSame(types);
        return node.Output(ElementType.Bool, ShapeRules.Broadcast(node, a.Shape, b.Shape));
    }
}
