namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Functions composed of several operators, and lookups, against formulas.</summary>
[TestClass]
public class FunctionTests
{
    private static readonly float[] Points = [-6, -2.5f, -1, -0.1f, 0, 0.1f, 1, 2.5f, 6];

    [TestMethod]
    public void Gelu()
    {
        // x · Φ(x) by the integral of the normal density, not by an error function.
        float[] expected = [.. Points.Select(x => (float)(x * NormalCdf(x)))];
        AssertClose(expected, Models.Apply((g, x) => g.Gelu(x), Points));
    }

    [TestMethod]
    public void Silu() => AssertClose([.. Points.Select(x => x / (1 + MathF.Exp(-x)))], Models.Apply((g, x) => g.Silu(x), Points));

    [TestMethod]
    public void ClipLeavesASideOpen()
    {
        AssertClose([.. Points.Select(x => Math.Min(x, 0.5f))], Models.Apply((g, x) => g.Clip(x, max: 0.5), Points));
        AssertClose([.. Points.Select(x => Math.Max(x, 0.5f))], Models.Apply((g, x) => g.Clip(x, min: 0.5), Points));
        AssertClose(Points, Models.Apply((g, x) => g.Clip(x), Points));
    }

    [TestMethod]
    public void FunctionsKeepTheTypeOfDoubles()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Double, "N");
        g.Output("gelu", g.Gelu(x));
        g.Output("clip", g.Clip(x, -1, 1));
        var outputs = g.Build().Outputs;
        Assert.IsTrue(outputs.All(output => output.ElementType == ElementType.Double));
    }

    [TestMethod]
    public void LabelEncoderLooksUpAllPairsOfTypes()
    {
        var g = new GraphBuilder();
        var text = g.Input("text", ElementType.String, "N");
        var numbers = g.LabelEncoder(text, ["no", "yes", "ä"], [10L, 20, 30], -1);
        g.Output("numbers", numbers);
        g.Output("floats", g.LabelEncoder(numbers, [10L, 20], [0.5f, 1.5f], float.NaN));
        g.Output("back", g.LabelEncoder(numbers, [10L, 20, 30], ["no", "yes", "ä"], "other"));
        g.Output("textToFloat", g.LabelEncoder(text, ["no"], [0.25f], 9f));
        g.Output("textToText", g.LabelEncoder(text, ["no"], ["nein"], "?"));

        var outputs = Models.Run(g, ("text", OnnxTensor.Create(["yes", "ä", "", "no"])));
        Assert.AreSequenceEqual([20L, 30, -1, 10], outputs["numbers"].As<long>().Values.ToArray());
        Assert.AreSequenceEqual([1.5f, float.NaN, float.NaN, 0.5f], outputs["floats"].As<float>().Values.ToArray());
        Assert.AreSequenceEqual(["yes", "ä", "other", "no"], outputs["back"].As<string>().Values.ToArray());
        Assert.AreSequenceEqual([9f, 9, 9, 0.25f], outputs["textToFloat"].As<float>().Values.ToArray());
        Assert.AreSequenceEqual(["?", "?", "?", "nein"], outputs["textToText"].As<string>().Values.ToArray());
    }

    [TestMethod]
    public void MissingNumbersAreReplaced()
    {
        var y = Models.Apply((g, x) => g.Where(g.IsNaN(x), g.Constant(7f), x), 1, float.NaN, 3);
        AssertClose([1, 7, 3], y);
    }

    [TestMethod]
    public void TextPassesThroughWhereAndGather()
    {
        var g = new GraphBuilder();
        var i = g.Input("i", ElementType.Int64, "N");
        g.Output("names", g.Gather(g.Constant(["zero", "one", "two"]), i));
        g.Output("known", g.Where(g.Less(i, g.Constant(2L)), g.Constant(["small"]), g.Constant("large")));
        var outputs = Models.Run(g, ("i", OnnxTensor.Create([2L, 0])));
        Assert.AreSequenceEqual(["two", "zero"], outputs["names"].As<string>().Values.ToArray());
        Assert.AreSequenceEqual(["large", "small"], outputs["known"].As<string>().Values.ToArray());
    }

    [TestMethod]
    public void ScalarsFitTheirTypeOrAreRefused()
    {
        var g = new GraphBuilder();
        Assert.ThrowsExactly<OverflowException>(() => g.Scalar(ElementType.UInt8, 256));
        Assert.ThrowsExactly<ArgumentException>(() => g.Scalar(ElementType.String, 1));
        Assert.AreEqual(ElementType.Float16, g.Scalar(ElementType.Float16, 1.5).ElementType);
    }

    private static double NormalCdf(double x)
    {
        const int steps = 20_000;
        double width = x / steps, sum = 0;
        for (int i = 0; i < steps; i++)
            sum += Math.Exp(-0.5 * Math.Pow((i + 0.5) * width, 2));
        return 0.5 + sum * width / Math.Sqrt(2 * Math.PI);
    }

    private static void AssertClose(float[] expected, OnnxTensor actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual.As<float>().Span[i], 2e-6f, $"element {i}");
    }
}
