namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class ModelVerifierTests
{
    [TestMethod]
    public void SameNumbersAgree()
    {
        var report = Compare([1, -2, 0, float.NaN, float.PositiveInfinity, float.NegativeInfinity], [1, -2, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity]);
        Assert.IsTrue(report.Agrees);
        Assert.AreEqual(0, report.LargestAbsolute!.Value.Absolute);
        Assert.AreEqual(0, report.LargestRelative!.Value.Relative);
        Assert.AreEqual((3, 6), (report.Rows, report.Values));
        Assert.AreSame(report, report.ThrowIfDifferent());
    }

    [TestMethod]
    public void LargestDifferencesAreFoundWithTheirPlaces()
    {
        var report = Compare([1000, 0.5f, 3, 4, 5, 0.001f], [1001, 0.5f, 3, 4, 5, 0.002f], new(Absolute: 0.01));
        Assert.AreEqual(new ValueDifference("y", 0, 0, 1000, 1001), report.LargestAbsolute);
        Assert.AreEqual(1, report.LargestAbsolute!.Value.Absolute, 1e-12);
        Assert.AreEqual(new ValueDifference("y", 2, 1, 0.001f, 0.002f), report.LargestRelative);
        Assert.AreEqual(0.5, report.LargestRelative!.Value.Relative, 1e-6);
        Assert.AreEqual(1, report.Mismatches);

        var e = Assert.ThrowsExactly<ModelMismatchException>(() => report.ThrowIfDifferent());
        Assert.AreSame(report, e.Report);
        StringAssert.Contains(e.Message, "output 'y', row 0, column 0: 1000 against 1001", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow(float.NaN, 1f)]
    [DataRow(1f, float.NaN)]
    [DataRow(float.PositiveInfinity, float.NegativeInfinity)]
    [DataRow(float.PositiveInfinity, 1f)]
    [DataRow(1f, float.NegativeInfinity)]
    public void WhatIsNotANumberDiffersInfinitely(float expected, float actual)
    {
        var report = Compare([0, expected], [0, actual], new(1e9, 1e9));
        Assert.IsFalse(report.Agrees);
        Assert.AreEqual(double.PositiveInfinity, report.LargestAbsolute!.Value.Absolute);
        Assert.AreEqual(double.PositiveInfinity, report.LargestRelative!.Value.Relative);
    }

    [TestMethod]
    public void RelativeToleranceGrowsWithTheExpectedValue()
    {
        Assert.IsTrue(Compare([1000, 1], [1000.9f, 1], new(0, 1e-3)).Agrees);
        Assert.IsFalse(Compare([1000, 1], [1000.9f, 1.01f], new(0, 1e-3)).Agrees);
    }

    [TestMethod]
    public void DifferentOutputsOrShapesAreMismatches()
    {
        var y = OnnxTensor.Create([1f, 2], 2, 1);
        Throws(new() { ["y"] = y }, new() { ["z"] = y }, "different outputs: y against z");
        Throws(new() { ["y"] = y }, new() { ["y"] = OnnxTensor.Create([1f, 2], 1, 2) }, "shape [2, 1] against [1, 2]");

        static void Throws(Dictionary<string, OnnxTensor<float>> a, Dictionary<string, OnnxTensor<float>> b, string says) =>
            StringAssert.Contains(Assert.ThrowsExactly<ModelMismatchException>(() => ModelVerifier.Compare(a, b)).Message, says, StringComparison.Ordinal);
    }

    [TestMethod]
    public void NothingToCompareAgrees()
    {
        var report = Compare([], []);
        Assert.IsTrue(report.Agrees);
        Assert.IsNull(report.LargestAbsolute);
    }

    [TestMethod]
    public void SessionsAreComparedWithFormulas()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        var rows = Models.Feed(("x", OnnxTensor.Create(Models.Numbers(300), 100, 3)));
        ModelVerifier.Compare(new Formula(0), session, rows, new(1e-5)).ThrowIfDifferent();

        var report = ModelVerifier.Compare(new Formula(0.1f), session, rows);
        Assert.AreEqual(100, report.Rows);
        Assert.AreEqual(300, report.Mismatches);
        Assert.AreEqual(0.2, report.LargestAbsolute!.Value.Absolute, 1e-5);
        Assert.AreEqual("sum", report.LargestAbsolute.Value.Output);
    }

    [TestMethod]
    public void DoublesAreScoresAndTextIsNot()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N");
        g.Output("score", g.Cast(x, ElementType.Double));
        g.Output("half", g.Cast(x, ElementType.Float16));
        g.Output("label", g.LabelEncoder(x, [1f], ["one"], "?"));
        using IDisposable session = new OnnxSession(g.Build(), Models.OneThread);
        var scores = ((IScorer)session).Score(Models.Feed(("x", OnnxTensor.Create([1f, 2.5f]))));
        CollectionAssert.AreEquivalent(new[] { "score", "half" }, scores.Keys.ToArray());
        Assert.AreSequenceEqual([1f, 2.5f], scores["score"].Values.ToArray());
    }

    private static ComparisonReport Compare(float[] expected, float[] actual, Tolerance? tolerance = null) => ModelVerifier.Compare(
        new Dictionary<string, OnnxTensor<float>> { ["y"] = OnnxTensor.Create(expected, expected.Length / 2, 2) },
        new Dictionary<string, OnnxTensor<float>> { ["y"] = OnnxTensor.Create(actual, actual.Length / 2, 2) },
        tolerance);

    /// <summary><see cref="Models.Dense"/> without ONNX, and as wrong as one wants.</summary>
    private sealed class Formula(float error) : IScorer
    {
        public IReadOnlyDictionary<string, OnnxTensor<float>> Score(IReadOnlyDictionary<string, OnnxTensor> rows)
        {
            var x = rows["x"].As<float>();
            float[] y = [.. Enumerable.Range(0, (int)x.Shape[0]).SelectMany(row => Models.DenseRow(x.Span.Slice(row * 3, 3))).Select(v => v + error)];
            float[] sum = [.. y.Chunk(2).Select(row => row[0] + row[1])];
            return new Dictionary<string, OnnxTensor<float>> { ["y"] = OnnxTensor.Create(y, sum.Length, 2), ["sum"] = OnnxTensor.Create(sum) };
        }
    }
}
