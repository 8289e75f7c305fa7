namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class BoundRunnerTests
{
    [TestMethod]
    public void AnyNumberOfRowsUpToTheCapacityGivesWhatRunGives()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        using var runner = session.Bind(50);
        foreach (int rows in Enumerable.Range(1, 50).Concat([50, 1, 7, 3, 50]))
        {
            float[] x = Models.Numbers(rows * 3, seed: rows);
            x.CopyTo(runner.Input("x"));
            runner.Run(rows);

            var expected = session.Run(Models.Feed(("x", OnnxTensor.Create(x, rows, 3))));
            CollectionAssert.AreEqual(expected["y"].As<float>().Values.ToArray(), runner.Output("y").ToArray());
            CollectionAssert.AreEqual(expected["sum"].As<float>().Values.ToArray(), runner.Output<float>(1).ToArray());
        }
    }

    [TestMethod]
    public void RunsAllocateNothing()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        using var runner = session.Bind(16);
        Cycle(runner);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Cycle(runner);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Cycle(BoundRunner runner)
        {
            runner.Input("x").Fill(0.5f);
            runner.Run();
            runner.Run(1);
            if (runner.Output<float>(0).Length != 2 || runner.Output("sum").Length != 1)
                throw new InvalidOperationException("One row has two numbers and one sum.");
        }
    }

    [TestMethod]
    public void BuffersStayWhereTheyAre()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        using var runner = session.Bind(4);
        runner.Input("x")[0] = 42;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Assert.AreEqual(42, runner.Input<float>(0)[0]);
        runner.Run();
        Assert.AreEqual(Models.DenseRow([42, 0, 0])[0], runner.Output("y")[0], 1e-5f);
    }

    [TestMethod]
    public void InputsOfSeveralTypesAreBound()
    {
        var g = new GraphBuilder();
        var table = g.Constant([0f, 10, 20], 3, 1);
        var kind = g.Input("kind", ElementType.Int64, "N");
        var flag = g.Input("flag", ElementType.Bool, "N", 1);
        var scale = g.Input("scale", ElementType.Float);
        g.Output("y", g.Where(flag, g.Mul(g.Gather(table, kind), scale), g.Constant(-1f)));
        g.Output("kind2", g.Mul(kind, g.Constant(2L)));
        using var session = new OnnxSession(g.Build(), Models.OneThread);
        using var runner = session.Bind(3);
        ((ReadOnlySpan<long>)[2, 1, 0]).CopyTo(runner.Input<long>("kind"));
        ((ReadOnlySpan<bool>)[true, false, true]).CopyTo(runner.Input<bool>(1));
        runner.Input("scale")[0] = 0.5f;
        runner.Run(2);
        Assert.AreSequenceEqual([10f, -1], runner.Output("y").ToArray());
        Assert.AreSequenceEqual([4L, 2], runner.Output<long>("kind2").ToArray());
    }

    [TestMethod]
    public void TextIsRefusedUnlessItIsLeftOut()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Int64, "N");
        g.Output("name", g.LabelEncoder(x, [0L, 1], ["zero", "one"], "?"));
        g.Output("next", g.Add(x, g.Constant(1L)));
        using var session = new OnnxSession(g.Build(), Models.OneThread);
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => session.Bind(2)).Message, "'name' String [N] is text", StringComparison.Ordinal);
        using var runner = session.Bind(2, "next");
        runner.Run();
        Assert.AreEqual(1, runner.Output<long>("next")[0]);
    }

    [TestMethod]
    public void WhatCannotBeBoundIsRefused()
    {
        var g = new GraphBuilder();
        g.Output("y", g.Exp(g.Input("x", ElementType.Float, "N", "M")));
        using var free = new OnnxSession(g.Build(), Models.OneThread);
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => free.Bind(2)).Message, "dimension 1 is not fixed", StringComparison.Ordinal);

        var four = new GraphBuilder();
        four.Output("y", four.Exp(four.Input("x", ElementType.Float, 4)));
        using var fixedRows = new OnnxSession(four.Build(), Models.OneThread);
        Assert.ThrowsExactly<ArgumentException>(() => fixedRows.Bind(2));
        using var runner = fixedRows.Bind(4);
        runner.Run();
        Assert.AreSequenceEqual([1f, 1, 1, 1], runner.Output("y").ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => runner.Run(3));
    }

    [TestMethod]
    public void WrongUseIsRefused()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => session.Bind(0));
        Assert.ThrowsExactly<ArgumentException>(() => session.Bind(2, "z"));
        var runner = session.Bind(2);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => runner.Run(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => runner.Run(3));
        Assert.ThrowsExactly<ArgumentException>(() => runner.Input("z").Clear());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => runner.Input<float>(1).Clear());
        Assert.ThrowsExactly<InvalidOperationException>(() => runner.Input<int>("x").Clear());
        Assert.ThrowsExactly<InvalidOperationException>(() => _ = runner.Output<double>("y").Length);
        runner.Dispose();
        runner.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(runner.Run);
    }
}
