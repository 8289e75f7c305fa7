namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>max(x, 0).</summary>
    public GraphValue Relu(GraphValue x) => Unary("Relu", TypeSet.Signed, x);

    /// <summary>x where it is positive, else <paramref name="alpha"/> · x.</summary>
    public GraphValue LeakyRelu(GraphValue x, float alpha = 0.01f) =>
        Start("LeakyRelu", x).Accept(TypeSet.Floating).Attribute("alpha", alpha).Output(x.ElementType, x.Shape);

    /// <summary>1 / (1 + e^-x).</summary>
    public GraphValue Sigmoid(GraphValue x) => Unary("Sigmoid", TypeSet.Floating, x);

    /// <summary>The hyperbolic tangent.</summary>
    public GraphValue Tanh(GraphValue x) => Unary("Tanh", TypeSet.Floating, x);

    /// <summary>log(1 + e^x).</summary>
    public GraphValue Softplus(GraphValue x) => Unary("Softplus", TypeSet.Floating, x);

    /// <summary><c>x · min(max(x / 6 + 1/2, 0), 1)</c>, a piecewise form of SiLU (Howard 2019).</summary>
    public GraphValue HardSwish(GraphValue x) => Unary("HardSwish", TypeSet.Floating, x);

    /// <summary><c>min(max(alpha · x + beta, 0), 1)</c>, a piecewise form of the sigmoid.</summary>
    public GraphValue HardSigmoid(GraphValue x, float alpha = 0.2f, float beta = 0.5f) =>
        Start("HardSigmoid", x).Accept(TypeSet.Floating).Attribute("alpha", alpha).Attribute("beta", beta).Output(x.ElementType, x.Shape);

    /// <summary>x · Φ(x) with the normal distribution's Φ, exact (by Erf); several nodes, as opset 17 has no such operator.</summary>
    public GraphValue Gelu(GraphValue x)
    {
        using (Scope("Gelu"))
        {
            var phi = Erf(Mul(x, Scalar(x.ElementType, Math.Sqrt(0.5))));
            var one = Scalar(x.ElementType, 1);
            return Mul(Mul(x, Scalar(x.ElementType, 0.5)), Add(phi, one));
        }
    }

    /// <summary>x · sigmoid(x); two nodes, as opset 17 has no such operator.</summary>
    public GraphValue Silu(GraphValue x)
    {
        using (Scope("Silu"))
            return Mul(x, Sigmoid(x));
    }

    /// <summary>e^x divided by its sum along <paramref name="axis"/>.</summary>
    public GraphValue Softmax(GraphValue x, int axis = -1) => AlongAxis("Softmax", x, axis);

    /// <summary>The logarithm of <see cref="Softmax"/>.</summary>
    public GraphValue LogSoftmax(GraphValue x, int axis = -1) => AlongAxis("LogSoftmax", x, axis);

    private GraphValue AlongAxis(string op, GraphValue x, int axis)
    {
        var node = Start(op, x).Accept(TypeSet.Floating);
        return node.Attribute("axis", node.Axis(axis, x.Rank)).Output(x.ElementType, x.Shape);
    }
}
