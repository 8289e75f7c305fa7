namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);

    /// <summary>
    /// The most bytes that inputs and results of nodes hold at one time while the graph runs node by node in the order it was built,
    /// symbolic and unknown dimensions counted as 1: for a batch dimension, the memory of one row. Constants and what a node needs inside
    /// are not counted, nor that a runtime may let a node write over its input.
    /// </summary>
    /// <exception cref="GraphException">The graph has no output.</exception>
    public long PeakActivationBytes()
    {
        if (_outputs.Count == 0) throw new GraphException($"Graph '{Name}' has no output. Call Output(name, value) first.");
        var outputs = _outputs.Select(static output => output.Value.Name).ToHashSet(StringComparer.Ordinal);
        var nodes = NeededNodes([.. outputs]);
        var lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var node = 0; node < nodes.Count; node++)
            foreach (var input in nodes[node].Input) lastUse[input] = node;
        var live = _inputs.Where(input => lastUse.ContainsKey(input.Name)).Sum(static input => BytesOf(input.ElementType, input.Shape));
        var peak = live;
        for (var node = 0; node < nodes.Count; node++)
        {
            live += nodes[node].Output.Sum(output => _bytes.GetValueOrDefault(output));
            peak = Math.Max(peak, live);
            live -= nodes[node].Output.Where(output => !lastUse.ContainsKey(output) && !outputs.Contains(output)).Sum(output => _bytes.GetValueOrDefault(output));
            live -= nodes[node].Input.Distinct().Where(input => lastUse[input] == node && !outputs.Contains(input)).Sum(input => _bytes.GetValueOrDefault(input, InputBytes(input)));
        }
        return peak;
    }

    private long InputBytes(string name) => _inputs.Where(input => input.Name == name).Sum(static input => BytesOf(input.ElementType, input.Shape));

    /// <summary>Text counts as nothing, since its size is not known, and so does what has no known shape.</summary>
    private static long BytesOf(ElementType type, GraphShape? shape) =>
        type == ElementType.String || shape is null ? 0 : shape.Aggregate((long)type.Size(), static (bytes, dimension) => bytes * (dimension.Size ?? 1));
}
