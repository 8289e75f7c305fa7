using FsCheck;
using FsCheck.Fluent;

using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Whatever the sizes: the builder infers the shape that ONNX Runtime returns, and refuses what ONNX Runtime refuses.</summary>
[TestClass]
public class ShapeInferenceTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20240229, 7);

    private static Gen<long> Size { get; } = Gen.Frequency((1, Gen.Constant(0L)), (4, Gen.Constant(1L)), (6, Gen.Choose(2, 4).Select(size => (long)size)));

    private static Gen<long[]> Shape { get; } = Gen.Choose(0, 4).SelectMany(rank => Size.ArrayOf(rank));

    [TestMethod]
    public void Broadcasting() => ForAll(
        from full in Shape from a in Part(full) from b in Part(full) from odd in Gen.Frequency((5, Gen.Constant(b)), (1, Shape)) select new[] { a, odd },
        shapes => AssertAgrees(shapes, (g, x) => g.Add(x[0], x[1])));

    [TestMethod]
    public void BroadcastingOfThree() => ForAll(
        from full in Shape from a in Part(full) from b in Part(full) from c in Part(full) select new[] { a, b, c },
        shapes => AssertAgrees(shapes, (g, x) => g.Where(g.Greater(x[0], g.Constant(0f)), x[1], x[2])));

    [TestMethod]
    public void MatrixProduct() => ForAll(
        from batch in Gen.Choose(0, 2).SelectMany(rank => Positive.ArrayOf(rank))
        from a in Part(batch)
        from b in Part(batch)
        from rows in Positive
        from inner in Positive
        from columns in Positive
        from oddInner in Gen.Frequency((5, Gen.Constant(inner)), (1, Positive))
        from vector in Gen.Choose(0, 5)
        select vector switch
        {
            0 => new long[][] { [inner], [.. b, oddInner, columns] },
            1 => [[.. a, rows, inner], [oddInner]],
            2 => [[inner], [oddInner]],
            _ => [[.. a, rows, inner], [.. b, oddInner, columns]],
        },
        shapes => AssertAgrees(shapes, (g, x) => g.MatMul(x[0], x[1])));

    [TestMethod]
    public void Slicing() => ForAll(
        from size in Gen.Choose(0, 6) from start in Gen.Choose(-8, 8) from end in Edge from step in Gen.Choose(-3, 3) select (size, start, end, step),
        sample => AssertAgrees([[2, sample.size]], (g, x) => g.Slice(x[0], -1, sample.start, sample.end, sample.step)));

    [TestMethod]
    public void Reshaping() => ForAll(
        from shape in Gen.Choose(1, 4).SelectMany(rank => Positive.ArrayOf(rank))
        from target in Gen.Choose(1, 4).SelectMany(rank => Gen.Choose(-1, 4).Select(size => (long)size).ArrayOf(rank))
        select (shape, target),
        sample => AssertAgrees([sample.shape], (g, x) => g.Reshape(x[0], sample.target)));

    [TestMethod]
    public void RegroupedElements() => ForAll(
        from shape in Gen.Choose(2, 4).SelectMany(rank => Positive.ArrayOf(rank)) from keep in Gen.Choose(1, 2) select (shape, keep),
        sample => AssertAgrees([sample.shape], (g, x) => g.Reshape(x[0], [.. Enumerable.Repeat(0L, sample.keep - 1), -1, sample.shape[^1]])));

    [TestMethod]
    public void Joining() => ForAll(
        from shape in Gen.Choose(1, 3).SelectMany(rank => Positive.ArrayOf(rank))
        from axis in Gen.Choose(0, shape.Length - 1)
        from size in Positive
        from odd in Gen.Choose(0, 6)
        select (axis, new[] { shape, [.. shape.Select((s, i) => i == axis ? size : odd == i ? s + 2 : s)] }),
        sample => AssertAgrees(sample.Item2, (g, x) => g.Concat(sample.axis, x[0], x[1], x[0])));

    [TestMethod]
    public void Expanding() => ForAll(
        from full in Gen.Choose(1, 4).SelectMany(rank => Positive.ArrayOf(rank)) from a in Part(full) from target in Part(full) where target.Length > 0 select (a, target),
        sample => AssertAgrees([sample.a], (g, x) => g.Expand(x[0], sample.target)));

    [TestMethod]
    public void ComputedShapes() => ForAll(
        from shape in Gen.Choose(2, 4).SelectMany(rank => Positive.ArrayOf(rank)) select shape,
        shape => AssertAgrees([shape], (g, x) =>
        {
            var sizes = g.Shape(x[0]);
            var swapped = g.Concat(0, g.Gather(sizes, g.Constant([1L])), g.Slice(sizes, 0, 0, 1), g.Slice(sizes, 0, 2, long.MaxValue));
            return g.Reshape(x[0], swapped);
        }));

    [TestMethod]
    public void Einsums() => ForAll(
        from n in Positive
        from i in Positive
        from j in Positive
        from k in Positive
        from equation in Gen.Elements("bij,bjk->bik", "...ij,jk->...ik", "bij,bjk", "bij,jk->kb", "bij,bjk->b")
        select (equation, shapes: new[] { new[] { n, i, j }, equation.Contains(",b", StringComparison.Ordinal) ? [n, j, k] : [j, k] }),
        sample => AssertAgrees(sample.shapes, (g, x) => g.Einsum(sample.equation, x)));

    [TestMethod]
    public void Windows() => ForAll(
        from size in Gen.Choose(7, 12).Select(size => (long)size).ArrayOf(2)
        from kernel in Gen.Choose(1, 4).Select(size => (long)size).ArrayOf(2)
        from stride in Gen.Choose(1, 3).Select(size => (long)size)
        from dilation in Gen.Choose(1, 2).Select(size => (long)size)
        from pads in Gen.Choose(0, 3).Select(pad => (long)pad).ArrayOf(4)
        select (size, kernel, stride, dilation, pads: pads.Select((pad, i) => pad % kernel[i % 2]).ToArray()),
        sample =>
        {
            long[] shape = [2, 4, .. sample.size], strides = [sample.stride, sample.stride], dilations = [sample.dilation, sample.dilation];
            AssertAgrees([shape], (g, x) => g.MaxPool(x[0], sample.kernel, strides, sample.pads, dilations));
            AssertAgrees([shape], (g, x) => g.AveragePool(x[0], sample.kernel, strides, sample.pads));
            AssertAgrees([shape], (g, x) => g.Conv(x[0], g.Constant(new float[6 * 2 * sample.kernel[0] * sample.kernel[1]], 6, 2, sample.kernel[0], sample.kernel[1]), null, strides, sample.pads, dilations, groups: 2));
        });

    [TestMethod]
    public void AWindowThatDoesNotFitIsRefused()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "N", 3, 5, 5);
        StringAssert.Contains(Assert.ThrowsExactly<GraphException>(() => g.MaxPool(x, [6, 1])).Message, "larger than dimension 2, which has 5", StringComparison.Ordinal);
        StringAssert.Contains(Assert.ThrowsExactly<GraphException>(() => g.Conv(x, g.Constant(new float[2], 2, 1, 1, 1))).Message, "takes 1 channels in each of 1 groups, the input has 3", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Padding() => ForAll(
        from size in Gen.Choose(1, 5).Select(size => (long)size).ArrayOf(3) from pads in Gen.Choose(-1, 3).Select(pad => (long)pad).ArrayOf(6) select (size, pads),
        sample => AssertAgrees([sample.size], (g, x) => g.Pad(x[0], sample.pads)));

    private static Gen<long> Positive => Gen.Choose(1, 4).Select(size => (long)size);

    private static Gen<long> Edge => Gen.OneOf(Gen.Choose(-8, 8).Select(end => (long)end), Gen.Elements(long.MaxValue, long.MinValue));

    /// <summary>What broadcasts to a shape: some leading dimensions dropped, some made 1.</summary>
    private static Gen<long[]> Part(long[] full) =>
        from dropped in Gen.Choose(0, full.Length)
        from ones in Gen.Choose(0, 3).ArrayOf(full.Length)
        select full.Select((size, i) => ones[i] == 0 ? 1 : size).Skip(dropped).ToArray();

    private static void ForAll<T>(Gen<T> samples, Action<T> assert) => Prop.ForAll(samples.ToArbitrary(), assert).Check(Runs);

    private static void AssertAgrees(long[][] sizes, Func<GraphBuilder, GraphValue[], GraphValue> op)
    {
        string what = string.Join(" and ", sizes.Select(shape => $"[{string.Join(", ", shape)}]"));
        long[]? actual = ShapeInOnnxRuntime(sizes, op);
        var inferred = Infer(sizes, op, (size, _) => size);
        Assert.AreEqual(actual is null ? "refused" : $"[{string.Join(", ", actual)}]", inferred?.ToString() ?? "refused", what);
        if (actual is null)
            return;

        for (int pattern = 0; pattern < 3; pattern++)
        {
            var partly = Infer(sizes, op, (size, i) => i % 3 == pattern ? Dimension.Symbolic($"s{size}") : size);
            Assert.IsNotNull(partly, $"{what} with symbols is refused");
            Assert.AreEqual(actual.Length, partly.Rank, what);
            for (int i = 0; i < actual.Length; i++)
                Assert.IsTrue(partly[i].IsUnknown || partly[i].ToString().TrimStart('s') == $"{actual[i]}", $"{what}: {partly} at {i}, not {actual[i]}");
        }
    }

    /// <summary>The shape the builder infers, or null when it refuses.</summary>
    private static GraphShape? Infer(long[][] sizes, Func<GraphBuilder, GraphValue[], GraphValue> op, Func<long, int, Dimension> dimension)
    {
        var g = new GraphBuilder();
        int place = 0;
        var inputs = sizes.Select((shape, i) => g.Input($"x{i}", ElementType.Float, [.. shape.Select(size => dimension(size, place++))])).ToArray();
        try
        {
            return op(g, inputs).Shape;
        }
        catch (GraphException)
        {
            return null;
        }
    }

    /// <summary>The shape ONNX Runtime returns for a graph that was built without knowing any size, or null when it fails.</summary>
    private static long[]? ShapeInOnnxRuntime(long[][] sizes, Func<GraphBuilder, GraphValue[], GraphValue> op)
    {
        var g = new GraphBuilder();
        var inputs = sizes.Select((shape, i) => g.Input($"x{i}", ElementType.Float, [.. shape.Select(_ => Dimension.Unknown)])).ToArray();
        try
        {
            g.Output("y", op(g, inputs));
            using var session = new OnnxSession(g.Build(), Models.OneThread);
            var feed = sizes.Select((shape, i) => ($"x{i}", Tensor(shape))).ToArray();
            return [.. session.Run(Models.Feed(feed))["y"].Shape];
        }
        catch (Exception e) when (e is GraphException or OnnxModelException or OnnxRuntimeException)
        {
            return null;
        }
    }

    private static OnnxTensor Tensor(long[] shape) => new OnnxTensor<float>(new float[shape.Aggregate(1L, (a, b) => a * b)], [.. shape]);
}
