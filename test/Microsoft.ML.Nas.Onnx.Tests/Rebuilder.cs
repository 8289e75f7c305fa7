using Onnx;

namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>Builds the one node of an operator case again, with <see cref="GraphBuilder"/>.</summary>
internal sealed class Rebuilder
{
    private static readonly Dictionary<string, Func<Rebuilder, GraphValue[]>> Operators = new()
    {
        ["Pow"] = r => [r.Graph.Pow(r[0], r[1])],
        ["Min"] = r => [r.Graph.Min(r.All)],
        ["Max"] = r => [r.Graph.Max(r.All)],
        ["Clip"] = r => [r.Graph.Clip(r[0], r.Number(1), r.Number(2))],
        ["LeakyRelu"] = r => [r.Graph.LeakyRelu(r[0], r.Float("alpha", 0.01f))],
        ["Softmax"] = r => [r.Graph.Softmax(r[0], r.Int("axis", -1))],
        ["LogSoftmax"] = r => [r.Graph.LogSoftmax(r[0], r.Int("axis", -1))],
        ["Where"] = r => [r.Graph.Where(r[0], r[1], r[2])],
        ["Gemm"] = r =>
        [
            r.Graph.Gemm(r[0], r[1], r.Has(2) ? r[2] : null, r.Float("alpha", 1), r.Float("beta", 1), r.Int("transA", 0) == 1, r.Int("transB", 0) == 1),
        ],
        ["Concat"] = r => [r.Graph.Concat(r.Int("axis", 0), r.All)],
        ["Split"] = r => r.Has(1) ? r.Graph.Split(r[0], r.Int("axis", 0), r.Longs(1)!) : r.Skip("it has no sizes"),
        ["Slice"] = r =>
            [r.Graph.Slice(r[0], r.Longs(1)!, r.Longs(2)!, r.Ints(3) ?? [.. Enumerable.Range(0, r.Longs(1)!.Length)], r.Longs(4) ?? [])],
        ["Gather"] = r => [r.Graph.Gather(r[0], r[1], r.Int("axis", 0))],
        ["GatherElements"] = r => [r.Graph.GatherElements(r[0], r[1], r.Int("axis", 0))],
        ["Reshape"] = r => r.Int("allowzero", 0) == 0 ? [r.Graph.Reshape(r[0], r.Longs(1)!)] : r.Skip("the builder's 0 always keeps a dimension"),
        ["Flatten"] = r => [r.Graph.Flatten(r[0], r.Int("axis", 1))],
        ["Unsqueeze"] = r => r.Has(1) ? [r.Graph.Unsqueeze(r[0], r.Ints(1)!)] : r.Skip("opset 11"),
        ["Squeeze"] = r => [r.Graph.Squeeze(r[0], r.Ints(1)!)],
        ["Transpose"] = r => [r.Graph.Transpose(r[0], r.IntList("perm"))],
        ["Expand"] = r => [r.Graph.Expand(r[0], r.Longs(1)!)],
        ["Tile"] = r => [r.Graph.Tile(r[0], r.Longs(1)!)],
        ["Shape"] = r => r.Case.Node.Attribute.Count == 0 ? [r.Graph.Shape(r[0])] : r.Skip("the builder's Shape takes no range"),
        ["Cast"] = r => [r.Graph.Cast(r[0], (ElementType)r.Int("to", 0))],
        ["OneHot"] = r => r.Case.Outputs[0].ElementType == ElementType.Float
            ? [r.Graph.OneHot(r[0], (long)r.Number(1)!.Value, r.Int("axis", -1), (float)Tensors.Doubles(r.Case.Inputs[2])[0], (float)Tensors.Doubles(r.Case.Inputs[2])[1])]
            : r.Skip("it does not return Float"),
        ["ReduceMean"] = r => [r.Graph.ReduceMean(r[0], r.IntList("axes"), r.Int("keepdims", 1) == 1)],
        ["ReduceMax"] = r => [r.Graph.ReduceMax(r[0], r.IntList("axes"), r.Int("keepdims", 1) == 1)],
        ["ReduceMin"] = r => [r.Graph.ReduceMin(r[0], r.IntList("axes"), r.Int("keepdims", 1) == 1)],
        ["ReduceSum"] = r => r.Int("noop_with_empty_axes", 0) == 0
            ? [r.Graph.ReduceSum(r[0], r.Ints(1) ?? [], r.Int("keepdims", 1) == 1)]
            : r.Skip("the builder's empty axes mean all"),
        ["ArgMax"] = r => r.Int("select_last_index", 0) == 0
            ? [r.Graph.ArgMax(r[0], r.Int("axis", 0), r.Int("keepdims", 1) == 1)]
            : r.Skip("the builder's ArgMax takes the first of equal elements"),
        ["TopK"] = r =>
        {
            var (values, indices) = r.Graph.TopK(r[0], r.Longs(1)![0], r.Int("axis", -1), r.Int("largest", 1) == 1, r.Int("sorted", 1) == 1);
            return [values, indices];
        },
        ["CumSum"] = r => [r.Graph.CumSum(r[0], (int)r.Number(1)!.Value, r.Int("exclusive", 0) == 1, r.Int("reverse", 0) == 1)],
        ["LayerNormalization"] = r => [r.Graph.LayerNormalization(r[0], r[1], r.Has(2) ? r[2] : null, r.Int("axis", -1), r.Float("epsilon", 1e-5f))],
        ["BatchNormalization"] = r => r.Int("training_mode", 0) == 0
            ? [r.Graph.BatchNormalization(r[0], r[1], r[2], r[3], r[4], r.Float("epsilon", 1e-5f))]
            : r.Skip("it trains"),
        ["InstanceNormalization"] = r => [r.Graph.InstanceNormalization(r[0], r[1], r[2], r.Float("epsilon", 1e-5f))],
        ["Conv"] = r => r.Attribute("auto_pad") is null
            ? [r.Graph.Conv(r[0], r[1], r.Has(2) ? r[2] : null, r.LongList("strides"), r.LongList("pads"), r.LongList("dilations"), r.Int("group", 1))]
            : r.Skip("the builder's pads are explicit"),
        ["MaxPool"] = r => r.Attribute("auto_pad") is null && r.Case.Node.Output.Count == 1
            ? [r.Graph.MaxPool(r[0], r.LongList("kernel_shape"), r.LongList("strides"), r.LongList("pads"), r.LongList("dilations"), r.Int("ceil_mode", 0) == 1)]
            : r.Skip("the builder's pads are explicit, and it gives no indices"),
        ["AveragePool"] = r => r.Attribute("auto_pad") is null
            ? [r.Graph.AveragePool(r[0], r.LongList("kernel_shape"), r.LongList("strides"), r.LongList("pads"), r.Int("count_include_pad", 0) == 1, r.Int("ceil_mode", 0) == 1)]
            : r.Skip("the builder's pads are explicit"),
        ["Pad"] = r => r.Attribute("mode") is { } mode && mode.S.ToStringUtf8() != "constant" || r.Case.Inputs[0].ElementType != ElementType.Float
            ? r.Skip("the builder pads floats with a constant")
            : [r.Graph.Pad(r[0], r.Longs(1)!, r.Number(2) ?? 0)],
        ["HardSigmoid"] = r => [r.Graph.HardSigmoid(r[0], r.Float("alpha", 0.2f), r.Float("beta", 0.5f))],
        ["Einsum"] = r => [r.Graph.Einsum(r.Attribute("equation")!.S.ToStringUtf8(), r.All)],
        ["LSTM"] = r => r.Int("layout", 0) == 0 && !r.Has(5) && !r.Has(7)
            ? [r.LastStep(r.Graph.Lstm(r[0], r[1], r[2], r.Has(3) ? r[3] : null, r.Has(4) ? r[4] : null))]
            : r.Skip("the builder has no batch-first layout, no states to begin with and no peepholes"),
        ["GRU"] = r => r.Int("layout", 0) == 0 && !r.Has(5)
            ? [r.LastStep(r.Graph.Gru(r[0], r[1], r[2], r.Has(3) ? r[3] : null, r.Has(4) ? r[4] : null, linearBeforeReset: r.Int("linear_before_reset", 0) == 1))]
            : r.Skip("the builder has no batch-first layout and no states to begin with"),
        ["Scan"] = r => r.Case.Name == "test_scan9_sum"
            ? r.Sums()
            : r.Skip("opset 8"),
        ["IsInf"] = r => r.Case.Node.Attribute.Count == 0 ? [r.Graph.IsInf(r[0])] : r.Skip("the builder's IsInf takes both infinities"),
    };

    private readonly Func<int, GraphValue> _input;
    private readonly SortedDictionary<int, GraphValue> _used = [];
    private string? _skipped;

    private Rebuilder(OperatorCase source, bool symbolic)
    {
        Case = source;
        // Equal sizes of first dimensions share a symbol.
        _input = i => Graph.Input($"in{i}", source.Inputs[i].ElementType,
            [.. source.Inputs[i].Shape.Select((size, axis) => symbolic && axis == 0 && size > 1 ? Dimension.Symbolic($"n{size}") : size)]);
    }

    public static IEnumerable<string> Names => Operators.Keys.Concat(Unary).Concat(Binary).Order(StringComparer.Ordinal);

    public OperatorCase Case { get; }

    public GraphBuilder Graph { get; } = new("rebuilt");

    private static IEnumerable<string> Unary =>
    [
        "Neg", "Abs", "Exp", "Log", "Sqrt", "Reciprocal", "Sin", "Cos", "Tanh", "Sigmoid", "HardSwish", "GlobalAveragePool", "GlobalMaxPool", "Relu", "Erf", "Softplus", "Floor", "Round", "Sign", "Not", "IsNaN", "Identity",
    ];

    private static IEnumerable<string> Binary =>
        ["Add", "Sub", "Mul", "Div", "And", "Or", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "MatMul"];

    private GraphValue[] All => [.. Enumerable.Range(0, Case.Inputs.Length).Select(i => this[i])];

    private GraphValue this[int i] => _used.TryGetValue(i, out var value) ? value : _used[i] = _input(i);

    /// <summary>The model and its inputs, or why the builder has nothing like it.</summary>
    public static (OnnxModel? Model, Dictionary<string, OnnxTensor> Inputs, string? Skipped) Rebuild(OperatorCase source, bool symbolic)
    {
        var rebuilder = new Rebuilder(source, symbolic);
        string op = source.Node.OpType;
        GraphValue[] outputs =
            Operators.TryGetValue(op, out var build) ? build(rebuilder)
            : (GraphValue[])[(GraphValue)typeof(GraphBuilder).GetMethod(op)!.Invoke(rebuilder.Graph, Unary.Contains(op) ? [rebuilder[0]] : [rebuilder[0], rebuilder[1]])!];
        if (rebuilder._skipped is not null)
            return (null, [], rebuilder._skipped);
        for (int i = 0; i < outputs.Length; i++)
            rebuilder.Graph.Output($"out{i}", outputs[i]);
        return (rebuilder.Graph.Build(), rebuilder._used.ToDictionary(entry => $"in{entry.Key}", entry => source.Inputs[entry.Key]), null);
    }

    /// <summary>The last states, which the tests of recurrent operators ask for, of all states.</summary>
    private GraphValue LastStep(GraphValue states) => Graph.Squeeze(Graph.Slice(states, axis: 0, start: -1, end: long.MaxValue), axes: [0]);

    /// <summary>The body of the tests of Scan: cumulative sums.</summary>
    private GraphValue[] Sums()
    {
        var (sums, states) = Graph.Scan(this[1], [this[0]], static (graph, states, x) =>
        {
            var sum = graph.Add(states[0], x);
            return ([sum], sum);
        });
        return [states[0], sums];
    }

    private GraphValue[] Skip(string reason)
    {
        _skipped = reason;
        return [];
    }

    private bool Has(int i) => i < Case.Node.Input.Count && Case.Node.Input[i].Length > 0;

    /// <summary>Where input i is among the test's files, which leave out absent ones.</summary>
    private OnnxTensor File(int i) => Case.Inputs[Case.Node.Input.Take(i).Count(name => name.Length > 0)];

    private double? Number(int i) => Has(i) ? Tensors.Doubles(File(i))[0] : null;

    private long[]? Longs(int i) => Has(i) ? [.. Tensors.Doubles(File(i)).Select(v => v >= long.MaxValue ? long.MaxValue : (long)v)] : null;

    private int[]? Ints(int i) => Has(i) ? [.. Tensors.Doubles(File(i)).Select(v => (int)v)] : null;

    private AttributeProto? Attribute(string name) => Case.Node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private int Int(string name, int otherwise) => (int)(Attribute(name)?.I ?? otherwise);

    private float Float(string name, float otherwise) => Attribute(name)?.F ?? otherwise;

    private long[] LongList(string name) => [.. Attribute(name)?.Ints ?? []];

    private int[] IntList(string name) => [.. Attribute(name)?.Ints.Select(i => (int)i) ?? []];
}
