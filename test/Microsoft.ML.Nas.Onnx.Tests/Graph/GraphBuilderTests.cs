namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class GraphBuilderTests
{
    [TestMethod]
    public void ModelComputesWhatWasBuilt()
    {
        float[] x = Models.Numbers(15);
        var outputs = Models.Run(Models.Dense(), ("x", OnnxTensor.Create(x, 5, 3)));

        float[] y = outputs["y"].As<float>().Values.ToArray(), sum = outputs["sum"].As<float>().Values.ToArray();
        for (int row = 0; row < 5; row++)
        {
            float[] expected = Models.DenseRow(x.AsSpan(row * 3, 3));
            Assert.AreEqual(expected[0], y[2 * row], 1e-5f);
            Assert.AreEqual(expected[1], y[2 * row + 1], 1e-5f);
            Assert.AreEqual(expected.Sum(), sum[row], 1e-5f);
        }
    }

    [TestMethod]
    public void ShapesKeepSymbols()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N", 4, 6);
        Assert.AreEqual("[N, 4, 5]", g.MatMul(x, g.Constant(new float[30], 6, 5)).Shape.ToString());
        Assert.AreEqual("[N, 24]", g.Reshape(x, -1, 24).Shape.ToString());
        Assert.AreEqual("[N, 24]", g.Flatten(x).Shape.ToString());
        Assert.AreEqual("[?, 6]", g.Reshape(x, -1, 6).Shape.ToString());
        Assert.AreEqual("[N, 2, 4, 3]", g.Transpose(g.Reshape(x, 0, 0, 2, 3), 0, 2, 1, 3).Shape.ToString());
        Assert.AreEqual("[N, 1, 4, 6]", g.Unsqueeze(x, 1).Shape.ToString());
        Assert.AreEqual("[N, 6]", g.ReduceMax(x, [1], keepDims: false).Shape.ToString());
        Assert.AreEqual("[N, 4]", g.ArgMax(x, -1, keepDims: false).Shape.ToString());
        Assert.AreEqual("[N, 4, 1]", g.Slice(x, -1, -1, long.MaxValue).Shape.ToString());
        Assert.AreEqual("[N, 4, 12]", g.Concat(2, x, x).Shape.ToString());
        Assert.AreEqual("[?, 4, 6]", g.Concat(0, x, x).Shape.ToString());
        Assert.AreEqual("[N, 3]", g.Expand(g.Constant([1f, 2, 3], 1, 3), g.Concat(0, g.Slice(g.Shape(x), 0, 0, 1), g.Constant([3L]))).Shape.ToString());
        Assert.AreEqual("[N, 4, 6, 9]", g.OneHot(x, 9).Shape.ToString());
        Assert.AreEqual("[N, 8, 6]", g.Tile(x, 1, 2, 1).Shape.ToString());
        Assert.AreEqual("[N, 4, 8]", g.Gather(g.Constant(new float[80], 10, 8), g.Cast(g.ReduceSum(x, [2], false), ElementType.Int64)).Shape.ToString());
    }

    [TestMethod]
    public void EqualConstantsAreStoredOnce()
    {
        var g = new GraphBuilder();
        var one = g.Constant([1f, 2], 2);
        Assert.AreSame(one, g.Constant([1f, 2]));
        Assert.AreNotSame(one, g.Constant([1f, 2], 1, 2));
        Assert.AreNotSame(one, g.Constant([1.0, 2]));
        Assert.AreSame(g.Constant(["a", "b"]), g.Constant(["a", "b"], 2));
        Assert.AreNotSame(g.Constant(float.NaN), g.Constant(0f));
        Assert.AreSame(g.Constant(float.NaN), g.Constant(float.NaN));
        Assert.AreNotSame(g.Constant(0f), g.Constant(-0f));
    }

    [TestMethod]
    public void OnlyWhatOutputsNeedIsWritten()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N", 2);
        g.Input("unused", ElementType.Float, "N");
        g.LabelEncoder(g.Cast(g.Exp(g.Mul(x, g.Constant([3f, 4]))), ElementType.Int64), [1L], ["one"], "?");
        g.Output("y", g.Add(x, g.Constant([1f, 2])));

        var proto = g.Build().Proto;
        Assert.AreEqual("Add", proto.Graph.Node.Single().OpType);
        Assert.HasCount(1, proto.Graph.Initializer);
        Assert.HasCount(2, proto.Graph.Input);
        Assert.AreEqual("", proto.OpsetImport.Single().Domain);
    }

    [TestMethod]
    public void MlDomainIsImportedWhereItIsUsed()
    {
        var g = new GraphBuilder();
        g.Output("y", g.LabelEncoder(g.Input("x", ElementType.String, "N"), ["a"], [1L], -1));
        var model = g.Build();
        Assert.AreEqual(17, model.Opsets[""]);
        Assert.AreEqual(3, model.Opsets["ai.onnx.ml"]);
        Assert.AreEqual(8, model.IrVersion);
    }

    [TestMethod]
    public void OutputsAreRenamedAndCopiedOnlyWhereTheyMustBe()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N");
        var y = g.Exp(x);
        g.Output("first", y);
        g.Output("second", y);
        g.Output("input", x);
        g.Output("constant", g.Constant([7f]));
        var log = g.Log(y);
        g.Output(log.Name, log);

        var model = g.Build();
        model.Check();
        Assert.AreSequenceEqual(["first", "second", "input", "constant", log.Name], model.Outputs.Select(output => output.Name));
        Assert.AreEqual(3, model.Proto.Graph.Node.Count(node => node.OpType == "Identity"));
        var outputs = Models.Run(g, ("x", OnnxTensor.Create([1f, 2])));
        Assert.AreSequenceEqual(outputs["first"].As<float>().Values.ToArray(), outputs["second"].As<float>().Values.ToArray());
        Assert.AreSequenceEqual([1f, 2], outputs["input"].As<float>().Values.ToArray());
        Assert.AreSequenceEqual([7f], outputs["constant"].As<float>().Values.ToArray());
        Assert.AreEqual(2f, outputs[log.Name].As<float>().Span[1], 1e-6f);
    }

    [TestMethod]
    public void ScopesNameNodes()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N");
        using (g.Scope("encoder"))
        {
            Assert.AreEqual("encoder/Exp_0", g.Exp(x).Name);
            using (g.Scope("inner"))
                Assert.AreEqual("encoder/inner/Exp_0", g.Exp(x).Name);
            Assert.AreEqual("encoder/Exp_1", g.Exp(x).Name);
        }

        Assert.AreEqual("Exp_0", g.Exp(x).Name);
    }

    [TestMethod]
    public void SameGraphSameBytes()
    {
        var metadata = new ModelMetadata { Properties = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };
        var reordered = new ModelMetadata { Properties = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        CollectionAssert.AreEqual(Models.Dense().Build(metadata).ToBytes(), Models.Dense().Build(reordered).ToBytes());
        CollectionAssert.AreNotEqual(Models.Dense().Build(metadata).ToBytes(), Models.Dense().Build().ToBytes());
    }

    [TestMethod]
    public void BuilderGoesOnAfterBuild()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N");
        g.Output("y", g.Exp(x));
        byte[] first = g.Build().ToBytes();
        g.Output("z", g.Neg(x));
        Assert.HasCount(2, g.Build().Outputs);
        CollectionAssert.AreEqual(first, OnnxModel.Load(first).ToBytes());
    }

    [TestMethod]
    [DataRow(17)]
    [DataRow(18)]
    public void ReductionsWorkInBothOpsets(int opset)
    {
        var g = new GraphBuilder("reductions", opset);
        var x = g.Input("x", ElementType.Float, "N", 3);
        g.Output("mean", g.ReduceMean(x, [1], false));
        g.Output("max", g.ReduceMax(x, [-1], false));
        g.Output("min", g.ReduceMin(x, [1], false));
        g.Output("sum", g.ReduceSum(x, [], false));
        g.Output("pieces", g.Split(x, 1, 1, 2)[1]);
        var outputs = Models.Run(g, ("x", OnnxTensor.Create([1f, 2, 6, -3, 0, 3], 2, 3)));
        Assert.AreSequenceEqual([3f, 0], outputs["mean"].As<float>().Values.ToArray());
        Assert.AreSequenceEqual([6f, 3], outputs["max"].As<float>().Values.ToArray());
        Assert.AreSequenceEqual([1f, -3], outputs["min"].As<float>().Values.ToArray());
        Assert.AreEqual(9f, outputs["sum"].As<float>().Span[0]);
        Assert.AreSequenceEqual([2f, 6, 0, 3], outputs["pieces"].As<float>().Values.ToArray());
    }

    [TestMethod]
    public void UnknownOpsetIsRefused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new GraphBuilder("graph", 16));
}
