namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// The matrix product over the last two dimensions, [..., m, k] · [..., k, n] to [..., m, n]; the dimensions before them broadcast.
    /// A vector on the left is a row, on the right a column, and the result lacks that dimension.
    /// </summary>
    public GraphValue MatMul(GraphValue a, GraphValue b)
    {
        var node = Start("MatMul", a, b).AcceptSame(TypeSet.Wide);
        return node.Output(a.ElementType, ShapeRules.MatMul(node, a.Shape, b.Shape));
    }

    /// <summary><paramref name="alpha"/> · a · b + <paramref name="beta"/> · c for matrices a [m, k] and b [k, n]; c broadcasts to [m, n].</summary>
    /// <param name="a">The left matrix, or its transpose.</param>
    /// <param name="b">The right matrix, or its transpose.</param>
    /// <param name="c">What is added, or null for nothing.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of <paramref name="c"/>.</param>
    /// <param name="transposeA">Use the transpose of <paramref name="a"/>.</param>
    /// <param name="transposeB">Use the transpose of <paramref name="b"/>.</param>
    public GraphValue Gemm(
        GraphValue a, GraphValue b, GraphValue? c = null, float alpha = 1, float beta = 1, bool transposeA = false, bool transposeB = false)
    {
        GraphValue?[] inputs = c is null ? [a, b] : [a, b, c];
        var node = Start("Gemm", inputs).AcceptSame(TypeSet.Wide).Rank(a, 2).Rank(b, 2);
        var left = transposeA ? [a.Shape[1], a.Shape[0]] : a.Shape;
        var right = transposeB ? [b.Shape[1], b.Shape[0]] : b.Shape;
        var shape = ShapeRules.MatMul(node, left, right);
        if (c is not null)
            ShapeRules.RequireBroadcastTo(node, c.Shape, shape);
        return node.Attribute("alpha", alpha).Attribute("beta", beta).Attribute("transA", transposeA).Attribute("transB", transposeB)
            .Output(a.ElementType, shape);
    }

    /// <summary>Einstein's sum, for example <c>"nki,kio->nko"</c>. Each input has a list of letters, one a dimension; <c>...</c> stands for broadcast dimensions.</summary>
    public GraphValue Einsum(string equation, params ReadOnlySpan<GraphValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(equation);
        var node = Start("Einsum", inputs!).AcceptSame(TypeSet.Numeric).Attribute("equation", equation);
        var shapes = new GraphShape[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            shapes[i] = inputs[i].Shape;
        var shape = EinsumRule.Infer(node, equation, shapes);
        return node.Output(inputs[0].ElementType, shape);
    }
}
