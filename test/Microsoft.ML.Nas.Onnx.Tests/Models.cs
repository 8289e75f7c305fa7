namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Small models and one-line runs of them.</summary>
internal static class Models
{
    /// <summary>One thread, so that tests beside each other do not fight.</summary>
    public static OnnxSessionOptions OneThread { get; } = new() { IntraOpThreads = 1 };

    /// <summary>y [N, 2] = relu(x [N, 3] · w + b), and rows' sums.</summary>
    public static GraphBuilder Dense(string name = "dense")
    {
        var g = new GraphBuilder(name);
        var x = g.Input("x", ElementType.Float, "N", 3);
        var y = g.Relu(g.Add(g.MatMul(x, g.Constant([1f, -1, 2, 0.5f, -3, 1], 3, 2)), g.Constant([0.5f, -0.25f])));
        g.Output("y", y);
        g.Output("sum", g.ReduceSum(y, [1], keepDims: false));
        return g;
    }

    /// <summary>What <see cref="Dense"/> must give for one row.</summary>
    public static float[] DenseRow(ReadOnlySpan<float> x) =>
    [
        Math.Max(0, x[0] + 2 * x[1] - 3 * x[2] + 0.5f),
        Math.Max(0, -x[0] + 0.5f * x[1] + x[2] - 0.25f),
    ];

    /// <summary>Numbers that are the same every time, between -2 and 2.</summary>
    public static float[] Numbers(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 4 - 2)];
    }

    public static Dictionary<string, OnnxTensor> Feed(params ReadOnlySpan<(string Name, OnnxTensor Tensor)> tensors)
    {
        var feed = new Dictionary<string, OnnxTensor>();
        foreach (var (name, tensor) in tensors)
            feed.Add(name, tensor);
        return feed;
    }

    public static IReadOnlyDictionary<string, OnnxTensor> Run(GraphBuilder graph, params ReadOnlySpan<(string Name, OnnxTensor Tensor)> inputs)
    {
        var model = graph.Build();
        model.Check();
        using var session = new OnnxSession(model, OneThread);
        return session.Run(Feed(inputs));
    }

    /// <summary>What an operator gives for one Float input.</summary>
    public static OnnxTensor Apply(Func<GraphBuilder, GraphValue, GraphValue> op, params float[] x)
    {
        var g = new GraphBuilder();
        g.Output("y", op(g, g.Input("x", ElementType.Float, "N")));
        return Run(g, ("x", OnnxTensor.Create(x)))["y"];
    }
}
