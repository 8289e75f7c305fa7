namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class InlineTests
{
    [TestMethod]
    public void TwoCopiesOfAModelBecomeOneGraph()
    {
        var model = Models.Dense().Build();
        var g = new GraphBuilder("pair");
        var rows = g.Input("rows", ElementType.Float, "batch", 3);
        var first = g.Inline(model, new Dictionary<string, GraphValue> { ["x"] = rows }, "first")["y"];
        var second = g.Inline(model, new Dictionary<string, GraphValue> { ["x"] = g.Neg(rows) }, "second")["y"];
        Assert.AreEqual("[batch, 2]", first.Shape.ToString());
        g.Output("mean", g.Mul(g.Add(first, second), g.Constant(0.5f)));

        var both = g.Build();
        Assert.HasCount(model.Proto.Graph.Initializer.Count - 1 + 1, both.Proto.Graph.Initializer, "weights are shared, the axes of the unused sum are gone");
        Assert.IsTrue(both.Proto.Graph.Node.Any(node => node.Name.StartsWith("second/", StringComparison.Ordinal)));

        float[] x = Models.Numbers(6);
        var mean = Models.Run(g, ("rows", OnnxTensor.Create(x, 2, 3)))["mean"].As<float>();
        for (int row = 0; row < 2; row++)
        {
            float[] a = Models.DenseRow(x.AsSpan(row * 3, 3)), b = Models.DenseRow([.. x.Skip(row * 3).Take(3).Select(v => -v)]);
            Assert.AreEqual((a[0] + b[0]) / 2, mean.Span[2 * row], 1e-5f);
            Assert.AreEqual((a[1] + b[1]) / 2, mean.Span[2 * row + 1], 1e-5f);
        }
    }

    [TestMethod]
    public void LoadedModelsWithLabelsInline()
    {
        var inner = new GraphBuilder("labels");
        inner.Output("code", inner.LabelEncoder(inner.Input("text", ElementType.String, "N", 1), ["a", "b"], [0f, 1f], -1f));
        var loaded = OnnxModel.Load(inner.Build().ToBytes());

        var g = new GraphBuilder();
        var codes = g.Inline(loaded, new Dictionary<string, GraphValue> { ["text"] = g.Input("column", ElementType.String, "N", 1) }, "encoder");
        g.Output("doubled", g.Mul(codes["code"], g.Constant(2f)));
        var doubled = Models.Run(g, ("column", OnnxTensor.Create(["b", "c"], 2, 1)))["doubled"];
        Assert.AreSequenceEqual([2f, -2], doubled.As<float>().Values.ToArray());
    }

    [TestMethod]
    public void OutputThatIsAnInputComesBackAsItWasGiven()
    {
        var inner = new GraphBuilder();
        inner.Output("same", inner.Input("x", ElementType.Float, "N"));
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, 5);
        var same = g.Inline(inner.Build(), new Dictionary<string, GraphValue> { ["x"] = x }, "p")["same"];
        Assert.AreEqual("[5]", same.Shape.ToString());
        g.Output("y", same);
        g.Build().Check();
    }

    [TestMethod]
    public void WhatDoesNotFitIsRefused()
    {
        var model = Models.Dense().Build();
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N", 3);
        var wide = g.Input("wide", ElementType.Float, "N", 4);
        var whole = g.Input("whole", ElementType.Int64, "N", 3);
        Refused(new() { }, "input 'x' Float [N, 3] is not given");
        Refused(new() { ["z"] = x }, "it has no input 'z'. Its inputs are: x");
        Refused(new() { ["x"] = wide }, "dimension 1 must be 3");
        Refused(new() { ["x"] = whole }, "Cast it to Float");
        Refused(new() { ["x"] = g.Unsqueeze(x, 0) }, "Reshape it to 2 dimensions");
        g.Inline(model, new Dictionary<string, GraphValue> { ["x"] = x }, "p");
        Refused(new() { ["x"] = x }, "the prefix is taken");

        var newer = new GraphBuilder("newer", 18);
        newer.Output("y", newer.Exp(newer.Input("x", ElementType.Float, "N", 3)));
        var e = Assert.ThrowsExactly<GraphException>(() => g.Inline(newer.Build(), new Dictionary<string, GraphValue> { ["x"] = x }, "q"));
        StringAssert.Contains(e.Message, "it is in opset 18 of domain '', this graph in 17", StringComparison.Ordinal);

        void Refused(Dictionary<string, GraphValue> inputs, string says) =>
            StringAssert.Contains(Assert.ThrowsExactly<GraphException>(() => g.Inline(model, inputs, "p")).Message, says, StringComparison.Ordinal);
    }
}
