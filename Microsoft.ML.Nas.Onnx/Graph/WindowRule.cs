namespace Microsoft.ML.Nas.Onnx;

/// <summary>The window that a convolution or pooling moves over the dimensions after the channels.</summary>
internal sealed class WindowRule
{
    private readonly NodeDraft _node;
    private readonly long[] _kernel;
    private readonly long[] _strides;
    private readonly long[] _pads;
    private readonly long[] _dilations;
    private readonly bool _ceilMode;

    public WindowRule(NodeDraft node, ReadOnlySpan<long> kernel, ReadOnlySpan<long> strides, ReadOnlySpan<long> pads, ReadOnlySpan<long> dilations, bool ceilMode)
    {
        _node = node;
        _kernel = Sizes(kernel, "kernel", kernel.Length);
        _strides = Sizes(strides, "strides", kernel.Length);
        _dilations = Sizes(dilations, "dilations", kernel.Length);
        _ceilMode = ceilMode;
        _pads = pads.IsEmpty ? new long[2 * kernel.Length] : pads.ToArray();
        if (_pads.Length != 2 * kernel.Length || _pads.Any(static pad => pad < 0))
            throw node.Error($"pads are [{string.Join(", ", _pads)}] for {kernel.Length} dimensions", "Give 0 or more before and after each dimension");
    }

    public NodeDraft SetAttributes(NodeDraft node)
    {
        node.Attribute("kernel_shape", _kernel).Attribute("strides", _strides).Attribute("pads", _pads);
        if (_dilations.Any(static dilation => dilation != 1))
            node.Attribute("dilations", _dilations);
        return _ceilMode ? node.Attribute("ceil_mode", true) : node;
    }

    /// <summary>The sizes of the dimensions after the channels.</summary>
    public Dimension[] OutputSizes(GraphShape input)
    {
        var sizes = new Dimension[_kernel.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (input[i + 2].Size is not { } size)
                continue;
            long room = size + _pads[i] + _pads[i + sizes.Length] - _dilations[i] * (_kernel[i] - 1) - 1;
            if (room < 0)
                throw _node.Error($"the window of {_kernel[i]} with dilation {_dilations[i]} is larger than dimension {i + 2}, which has {size} and its pads", "Use a smaller window or more padding");
            sizes[i] = (_ceilMode ? room + _strides[i] - 1 : room) / _strides[i] + 1;
        }

        return sizes;
    }

    private long[] Sizes(ReadOnlySpan<long> values, string name, int count)
    {
        long[] sizes = values.IsEmpty && count > 0 ? [.. Enumerable.Repeat(1L, count)] : values.ToArray();
        return sizes.Length == count && sizes.All(static size => size > 0) ? sizes
            : throw _node.Error($"{name} is [{string.Join(", ", sizes)}] for {count} dimensions", "Give 1 or more for each dimension");
    }
}
