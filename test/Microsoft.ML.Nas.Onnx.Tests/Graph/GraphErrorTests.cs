namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>A mistake is an error at the line that makes it, which names the node, what it got and what to do.</summary>
[TestClass]
public class GraphErrorTests
{
    public static IEnumerable<(string Mistake, string Says)> Mistakes =>
    [
        ("Add of [N, 3] and [4]", "Add node 'Add_0' ('x' Float [N, 3], 'Constant_0' Float [4]): shapes [N, 3] and [4] do not broadcast: 3 against 4"),
        ("Add of Float and Int64", "types Float and Int64 differ. Cast"),
        ("MatMul of 3 columns and 2 rows", "3 columns on the left meet 2 rows on the right"),
        ("Exp of Int64", "'i' Int64 [N] has type Int64. Cast it to one of: Float, Float16, Double"),
        ("Where without Bool", "has type Float"),
        ("Softmax along axis 2", "there is no axis 2 among 2 dimensions. Give an axis from -2 to 1"),
        ("Reshape of 3 columns to 4", "do not fit [0, 4]"),
        ("Squeeze of a dimension of 3", "dimension 1 has size 3, not 1"),
        ("Concat of different ranks", "have 2 and 1 dimensions"),
        ("Split into too much", "the pieces add up to 4, dimension 1 has 3"),
        ("Slice by step 0", "the step of axis 1 is 0"),
        ("Slice with missing ends", "1 starts, 0 ends"),
        ("TopK of 4 among 3", "k is 4, dimension 1 has 3"),
        ("Transpose without permutation", "[0, 0] is not a permutation"),
        ("BatchNormalization with wrong channels", "does not fit 3 channels"),
        ("LayerNormalization with wrong scale", "shape [2] does not broadcast to [N, 3]"),
        ("Gemm with wrong bias", "shape [4] does not broadcast to [N, 5]"),
        ("Einsum with too few letters", "term 'n' has 1 letters for shape [N, 3]"),
        ("Einsum with one letter for two sizes", "letter 'k' of 'nk,ko->no' is both 3 and 2"),
        ("Einsum with unknown letter", "letter 'q' of the result is in no input"),
        ("LabelEncoder with missing values", "2 keys and 1 values"),
        ("LabelEncoder with a key twice", "key 'a' is given twice"),
        ("LabelEncoder of the wrong type", "Cast it to one of: Int64"),
        ("Gather by Float", "'x' Float [N, 3] has type Float. Cast it to one of: Int32, Int64"),
        ("Constant of wrong size", "a constant of shape [2, 2] needs 4 values, 3 are given"),
        ("Input of a taken name", "the input name 'x' is taken"),
        ("Output of a taken name", "the output name 'x' is taken"),
        ("Value of another graph", "belongs to another GraphBuilder"),
        ("Graph without output", "has no output. Call Output"),
    ];

    [TestMethod]
    [DynamicData(nameof(Mistakes))]
    public void MistakeIsExplained(string mistake, string says)
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N", 3);
        var i = g.Input("i", ElementType.Int64, "N");
        var s = g.Input("s", ElementType.String, "N");
        var e = Assert.ThrowsExactly<GraphException>(() => _ = Make(mistake, g, x, i, s));
        StringAssert.Contains(e.Message, says, StringComparison.Ordinal);
    }

    [TestMethod]
    public void ErrorNamesItsNode()
    {
        var g = new GraphBuilder();
        using (g.Scope("head"))
        {
            var e = Assert.ThrowsExactly<GraphException>(() => g.MatMul(g.Constant([1f, 2]), g.Constant([1f, 2, 3])));
            Assert.AreEqual("MatMul", e.Operator);
            Assert.AreEqual("head/MatMul_0", e.Node);
        }
    }

    [TestMethod]
    public void BuilderSurvivesMistakes()
    {
        var g = Models.Dense();
        Assert.ThrowsExactly<GraphException>(() => g.Add(g.Constant([1f, 2]), g.Constant([1f, 2, 3])));
        g.Build().Check();
    }

    private static object Make(string mistake, GraphBuilder g, GraphValue x, GraphValue i, GraphValue s) => mistake switch
    {
        "Add of [N, 3] and [4]" => g.Add(x, g.Constant(new float[4])),
        "Add of Float and Int64" => g.Add(x, g.Constant(1L)),
        "MatMul of 3 columns and 2 rows" => g.MatMul(x, g.Constant(new float[4], 2, 2)),
        "Exp of Int64" => g.Exp(i),
        "Where without Bool" => g.Where(x, x, x),
        "Softmax along axis 2" => g.Softmax(x, 2),
        "Reshape of 3 columns to 4" => g.Reshape(x, 0, 4),
        "Squeeze of a dimension of 3" => g.Squeeze(x, 1),
        "Concat of different ranks" => g.Concat(0, x, g.Constant(new float[3])),
        "Split into too much" => g.Split(x, 1, 2, 2),
        "Slice by step 0" => g.Slice(x, 1, 0, 1, 0),
        "Slice with missing ends" => g.Slice(x, [1], [], [1]),
        "TopK of 4 among 3" => g.TopK(x, 4),
        "Transpose without permutation" => g.Transpose(x, 0, 0),
        "BatchNormalization with wrong channels" => g.BatchNormalization(x, g.Constant(new float[3]), g.Constant(new float[2]), g.Constant(new float[3]), g.Constant(new float[3])),
        "LayerNormalization with wrong scale" => g.LayerNormalization(x, g.Constant(new float[2])),
        "Gemm with wrong bias" => g.Gemm(x, g.Constant(new float[15], 3, 5), g.Constant(new float[4])),
        "Einsum with too few letters" => g.Einsum("n,nk->nk", x, x),
        "Einsum with one letter for two sizes" => g.Einsum("nk,ko->no", x, g.Constant(new float[8], 2, 4)),
        "Einsum with unknown letter" => g.Einsum("nk->nq", x),
        "LabelEncoder with missing values" => g.LabelEncoder(s, ["a", "b"], [1L], 0L),
        "LabelEncoder with a key twice" => g.LabelEncoder(s, ["a", "a"], [1L, 2], 0L),
        "LabelEncoder of the wrong type" => g.LabelEncoder(s, [1L, 2], ["a", "b"], ""),
        "Gather by Float" => g.Gather(x, x),
        "Constant of wrong size" => g.Constant([1f, 2, 3], 2, 2),
        "Input of a taken name" => g.Input("x", ElementType.Float),
        "Output of a taken name" => Do(() => g.Output("x", g.Exp(x))),
        "Value of another graph" => g.Exp(new GraphBuilder().Input("y", ElementType.Float, 1)),
        "Graph without output" => g.Build(),
        _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "Not a mistake."),
    };

    private static object Do(Action action)
    {
        action();
        return action;
    }
}
