using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class OnnxSessionTests
{
    [TestMethod]
    public void TensorsOfEveryTypeGoInAndComeOut()
    {
        RoundTrip([1.5f, float.NaN, float.NegativeInfinity]);
        RoundTrip([1.5, -2]);
        RoundTrip([(Half)1.5, (Half)(-2)]);
        RoundTrip([long.MinValue, 3]);
        RoundTrip([int.MinValue, 3]);
        RoundTrip([short.MinValue, (short)3]);
        RoundTrip([sbyte.MinValue, (sbyte)3]);
        RoundTrip<ulong>([ulong.MaxValue, 3]);
        RoundTrip<uint>([uint.MaxValue, 3]);
        RoundTrip([ushort.MaxValue, (ushort)3]);
        RoundTrip([byte.MaxValue, (byte)3]);
        RoundTrip([true, false]);
        RoundTrip(["", "Zürich", "日本", "a b"]);
    }

    [TestMethod]
    public void NoRowsGiveNoRows()
    {
        RoundTrip(Array.Empty<float>());
        RoundTrip(Array.Empty<string>());
        var y = Models.Run(Models.Dense(), ("x", OnnxTensor.Create(Array.Empty<float>(), 0, 3)))["y"];
        Assert.AreSequenceEqual([0L, 2], y.Shape);
    }

    [TestMethod]
    public void OnlyOutputsAskedForComeBack()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        var outputs = session.Run(Row(), "sum");
        Assert.AreEqual("sum", outputs.Keys.Single());
    }

    [TestMethod]
    public void WrongInputsAreRefusedByName()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        Refused(() => session.Run(Models.Feed()), "Input 'x' Float [N, 3] is not given");
        Refused(() => session.Run(Models.Feed(("x", OnnxTensor.Create(new float[4], 1, 4)))), "is given the shape [1, 4]");
        Refused(() => session.Run(Models.Feed(("x", OnnxTensor.Create(new float[3])))), "is given the shape [3]");
        Refused(() => session.Run(Models.Feed(("x", OnnxTensor.Create(new double[3], 1, 3)))), "elements of type Double");
        Refused(() => session.Run(Models.Feed(("x", OnnxTensor.Create(new float[3], 1, 3)), ("z", OnnxTensor.Create(new float[3])))), "no input 'z'");
        Refused(() => session.Run(Row(), "z"), "no output 'z'; it has: y, sum");

        static void Refused(Action action, string says) => StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(action).Message, says, StringComparison.Ordinal);
    }

    [TestMethod]
    public void TensorsCheckTheirShape()
    {
        Assert.ThrowsExactly<ArgumentException>(() => OnnxTensor.Create(new float[3], 2, 2));
        Assert.ThrowsExactly<ArgumentException>(() => OnnxTensor.Create(new decimal[3]));
        Assert.ThrowsExactly<InvalidCastException>(() => ((OnnxTensor)OnnxTensor.Create(new float[3])).As<double>());
        var rows = OnnxTensor.Create([1f, 2, 3, 4, 5, 6], 3, 2).Rows(1, 2).As<float>();
        Assert.AreSequenceEqual([3f, 4, 5, 6], rows.Values.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows.Rows(1, 2));
    }

    [TestMethod]
    [DataRow(ExecutionProvider.Cuda, "Microsoft.ML.OnnxRuntime.Gpu")]
    [DataRow(ExecutionProvider.DirectML, "Microsoft.ML.OnnxRuntime.DirectML")]
    public void MissingProviderNamesItsPackage(ExecutionProvider provider, string package)
    {
        string native = provider == ExecutionProvider.Cuda ? "CUDAExecutionProvider" : "DmlExecutionProvider";
        if (OrtEnv.Instance().GetAvailableProviders().Contains(native))
            Assert.Inconclusive($"This build of ONNX Runtime has {native}.");
        var e = Assert.ThrowsExactly<OnnxRuntimeUnavailableException>(() => new OnnxSession(Models.Dense().Build(), new() { Provider = provider }));
        StringAssert.Contains(e.Message, package, StringComparison.Ordinal);
        StringAssert.Contains(e.Message, "CPUExecutionProvider", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ModelThatOnnxRuntimeRefusesIsNamed()
    {
        var g = new GraphBuilder("odd");
        var x = g.Input("x", ElementType.Int16, "N");
        g.Output("y", g.Max(x, x));
        var e = Assert.ThrowsExactly<OnnxModelException>(() => new OnnxSession(g.Build()));
        StringAssert.Contains(e.Message, "refuses model 'odd'", StringComparison.Ordinal);
    }

    [TestMethod]
    public void NegativeOptionsAreRefused()
    {
        var model = Models.Dense().Build();
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new OnnxSession(model, new() { IntraOpThreads = -1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new OnnxSession(model, new() { DeviceId = -1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new OnnxSession(model, new() { Provider = (ExecutionProvider)9 }));
    }

    [TestMethod]
    public void SessionsLoadFilesAndBytes()
    {
        string path = Path.GetTempFileName();
        try
        {
            var model = Models.Dense().Build();
            model.Save(path);
            using var fromFile = new OnnxSession(path);
            using var fromBytes = new OnnxSession(model.ToBytes());
            CollectionAssert.AreEqual(fromFile.Run(Row())["y"].As<float>().Values.ToArray(), fromBytes.Run(Row())["y"].As<float>().Values.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void ManyThreadsRunOneSession()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        Parallel.For(0, 200, i =>
        {
            float[] x = Models.Numbers(3, seed: i);
            float[] y = session.Run(Models.Feed(("x", OnnxTensor.Create(x, 1, 3))))["y"].As<float>().Values.ToArray();
            Assert.AreEqual(Models.DenseRow(x)[0], y[0], 1e-5f);
        });
    }

    [TestMethod]
    public void DisposedSessionSaysSo()
    {
        var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        session.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => session.Run(Row()));
        Assert.ThrowsExactly<ObjectDisposedException>(() => session.Bind(1).Run());
    }

    private static Dictionary<string, OnnxTensor> Row() => Models.Feed(("x", OnnxTensor.Create([1f, 2, 3], 1, 3)));

    private static void RoundTrip<T>(T[] values)
    {
        var g = new GraphBuilder();
        g.Output("y", g.Identity(g.Input("x", ElementTypes.Of<T>(), "N")));
        CollectionAssert.AreEqual(values, Models.Run(g, ("x", OnnxTensor.Create(values)))["y"].As<T>().Values.ToArray());
    }
}
