namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class ModelExtractionTests
{
    [TestMethod]
    public void APartIsFedValuesFromInsideTheModel()
    {
        var (model, middle) = Chain();

        var part = model.Extract([new(middle, ElementType.Float, ["N", 2])], "y");

        part.Check();
        Assert.HasCount(1, part.Proto.Graph.Node);
        Assert.HasCount(1, part.Proto.Graph.Initializer, "Constants that the part does not need are gone.");
        using var session = new OnnxSession(part);
        var y = session.Run(new Dictionary<string, OnnxTensor> { [middle] = OnnxTensor.Create([1f, 2f], 1, 2) })["y"].As<float>();
        CollectionAssert.AreEqual(new[] { 3f, 6f }, y.Values.ToArray());
        Assert.HasCount(2, model.Proto.Graph.Node, "The model stays as it is.");
    }

    [TestMethod]
    public void APartThatNeedsMoreThanItIsFedIsRefused()
    {
        var (model, middle) = Chain();

        StringAssert.Contains(Assert.ThrowsExactly<OnnxModelException>(() => model.Extract([], "y")).Message, "'x'");
        StringAssert.Contains(Assert.ThrowsExactly<OnnxModelException>(() => model.Extract([new(middle, ElementType.Float, ["N", 2])], "z")).Message, "'z'");
    }

    private static (OnnxModel Model, string Middle) Chain()
    {
        var g = new GraphBuilder();
        var middle = g.Add(g.Input("x", ElementType.Float, "N", 2), g.Constant(1f));
        g.Output("y", g.Mul(middle, g.Constant(3f)));
        return (g.Build(), middle.Name);
    }
}
