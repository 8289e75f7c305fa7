namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>A convolution over the dimensions after the channels: <c>[N, C, ...]</c> to <c>[N, filters, ...]</c>.</summary>
    /// <param name="x">The input, of a floating type.</param>
    /// <param name="weight"><c>[filters, C / groups, kernel...]</c>.</param>
    /// <param name="bias"><c>[filters]</c>, or null for none.</param>
    /// <param name="strides">Steps, one a dimension; empty: 1.</param>
    /// <param name="pads">Zeros put before each dimension, then after each; empty: none.</param>
    /// <param name="dilations">Distances between the kernel's elements, one a dimension; empty: 1.</param>
    /// <param name="groups">The number of groups that channels and filters are split into.</param>
    public GraphValue Conv(
        GraphValue x, GraphValue weight, GraphValue? bias = null, ReadOnlySpan<long> strides = default, ReadOnlySpan<long> pads = default, ReadOnlySpan<long> dilations = default, long groups = 1)
    {
        GraphValue?[] inputs = bias is null ? [x, weight] : [x, weight, bias];
        var node = Start("Conv", inputs).AcceptSame(TypeSet.Floating).Rank(weight, x.Rank).Rank(bias, 1);
        if (x.Rank < 3)
            throw node.Error($"{x} has no dimension to convolve over", "Give it at least three dimensions, [N, C, ...]");
        if (groups < 1)
            throw node.Error($"groups is {groups}", "Give 1 or more");
        if (weight.Shape[1].Size is { } perGroup && x.Shape[1].Size is { } channels && perGroup * groups != channels)
            throw node.Error($"the weight takes {perGroup} channels in each of {groups} groups, the input has {channels}", "Make channels = groups times the weight's second dimension");
        if (weight.Shape[0].Size % groups is not (null or 0))
            throw node.Error($"{weight.Shape[0]} filters do not divide into {groups} groups", "Make the number of filters a multiple of groups");
        if (bias is not null && Dimension.Merge(bias.Shape[0], weight.Shape[0]) is null)
            throw node.Error($"the bias has {bias.Shape[0]} values for {weight.Shape[0]} filters", "Give one for each filter");
        var kernel = new long[x.Rank - 2];
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] = weight.Shape[i + 2].Size ?? throw node.Error($"the kernel's size in {weight} is not known", "Use a weight with fixed sizes");
        var window = new WindowRule(node, kernel, strides, pads, dilations, ceilMode: false);
        return window.SetAttributes(node).Attribute("group", groups).Output(x.ElementType, [x.Shape[0], weight.Shape[0], .. window.OutputSizes(x.Shape)]);
    }

    /// <summary>The largest value in each window: <c>[N, C, ...]</c> to <c>[N, C, ...]</c>. What is padded never is the largest.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window's sizes, one a dimension after the channels.</param>
    /// <param name="strides">Steps, one a dimension; empty: 1.</param>
    /// <param name="pads">Padding before each dimension, then after each; empty: none.</param>
    /// <param name="dilations">Distances between the window's elements, one a dimension; empty: 1.</param>
    /// <param name="ceilMode">Whether a last window that is not full counts.</param>
    public GraphValue MaxPool(
        GraphValue x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> strides = default, ReadOnlySpan<long> pads = default, ReadOnlySpan<long> dilations = default, bool ceilMode = false)
    {
        var node = Start("MaxPool", x).Accept(TypeSet.Floating | TypeSet.Of(ElementType.Int8, ElementType.UInt8)).Rank(x, kernel.Length + 2);
        return Pool(node, x, new(node, kernel, strides, pads, dilations, ceilMode));
    }

    /// <summary>The mean of each window: <c>[N, C, ...]</c> to <c>[N, C, ...]</c>.</summary>
    /// <param name="x">The input, of a floating type.</param>
    /// <param name="kernel">The window's sizes, one a dimension after the channels.</param>
    /// <param name="strides">Steps, one a dimension; empty: 1.</param>
    /// <param name="pads">Padding before each dimension, then after each; empty: none.</param>
    /// <param name="countIncludePad">Whether padding counts as zeros; else the mean is over the input's values alone.</param>
    /// <param name="ceilMode">Whether a last window that is not full counts.</param>
    public GraphValue AveragePool(
        GraphValue x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> strides = default, ReadOnlySpan<long> pads = default, bool countIncludePad = false, bool ceilMode = false)
    {
        var node = Start("AveragePool", x).Accept(TypeSet.Floating).Rank(x, kernel.Length + 2);
        return Pool(node.Attribute("count_include_pad", countIncludePad), x, new(node, kernel, strides, pads, [], ceilMode));
    }

    /// <summary>The mean of each channel: <c>[N, C, ...]</c> to <c>[N, C, 1, ...]</c>.</summary>
    public GraphValue GlobalAveragePool(GraphValue x) => PoolAll("GlobalAveragePool", x);

    /// <summary>The largest value of each channel: <c>[N, C, ...]</c> to <c>[N, C, 1, ...]</c>.</summary>
    public GraphValue GlobalMaxPool(GraphValue x) => PoolAll("GlobalMaxPool", x);

    /// <summary><paramref name="value"/> put around x.</summary>
    /// <param name="x">The input, of a floating type.</param>
    /// <param name="pads">How many before each dimension, then after each; negative ones cut off.</param>
    /// <param name="value">What is put there.</param>
    public GraphValue Pad(GraphValue x, ReadOnlySpan<long> pads, double value = 0)
    {
        RequireOwn(x);
        var node = Start("Pad", x, Constant(pads, pads.Length), Scalar(x.ElementType, value)).Accept(x, TypeSet.Floating);
        if (pads.Length != 2 * x.Rank)
            throw node.Error($"{pads.Length} pads are given for {x.Rank} dimensions", "Give one before and one after each dimension");
        var shape = new Dimension[x.Rank];
        for (int i = 0; i < shape.Length; i++)
        {
            long added = pads[i] + pads[i + x.Rank];
            if (x.Shape[i].Size + added < 0)
                throw node.Error($"pads {pads[i]} and {pads[i + x.Rank]} cut more than dimension {i} has", "Cut at most its size");
            shape[i] = x.Shape[i].Size is { } size ? size + added : pads[i] == 0 && added == 0 ? x.Shape[i] : Dimension.Unknown;
        }

        return node.Attribute("mode", "constant").Output(x.ElementType, GraphShape.Create(shape));
    }

    private static GraphValue Pool(NodeDraft node, GraphValue x, WindowRule window) =>
        window.SetAttributes(node).Output(x.ElementType, [x.Shape[0], x.Shape[1], .. window.OutputSizes(x.Shape)]);

    private GraphValue PoolAll(string op, GraphValue x)
    {
        var node = Start(op, x).Accept(TypeSet.Floating);
        if (x.Rank < 3)
            throw node.Error($"{x} has no dimension to pool over", "Give it at least three dimensions, [N, C, ...]");
        return node.Output(x.ElementType, [x.Shape[0], x.Shape[1], .. Enumerable.Repeat<Dimension>(1, x.Rank - 2)]);
    }
}
