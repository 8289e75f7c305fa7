namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// A loop over the first dimension of x: at every step the body is given the states and one slice of x, and returns the new states and one output.
    /// </summary>
    /// <param name="x">What is gone through, [time, ...].</param>
    /// <param name="states">The states before the first step; the body keeps their types and shapes.</param>
    /// <param name="body">
    /// Builds a step in a builder of its own, from the states and a slice of x; values of this builder cannot be used in it, so that constants are made anew.
    /// </param>
    /// <returns>The outputs of all steps, [time, ...], and the states after the last.</returns>
    /// <exception cref="GraphException">x is a scalar, or the body returns other states than it was given.</exception>
    public (GraphValue Outputs, GraphValue[] States) Scan(
        GraphValue x,
        IReadOnlyList<GraphValue> states,
        Func<GraphBuilder, GraphValue[], GraphValue, (GraphValue[] States, GraphValue Output)> body)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(body);
        var node = Start("Scan", [.. states, x]);
        if (x.Rank == 0)
            throw node.Error("a scalar has no steps", "Give something with a first dimension");

        // Names in a body must differ from those around it.
        var inner = new GraphBuilder(node.Name, Opset) { _scope = node.Name + "/" };
        GraphValue[] before = [.. states.Select((state, i) => inner.Input($"{node.Name}/state{i}", state.ElementType, state.Shape.AsSpan()))];
        var slice = inner.Input($"{node.Name}/x", x.ElementType, x.Shape.AsSpan()[1..]);
        var (after, output) = body(inner, before, slice);
        if (after.Length != before.Length)
            throw node.Error($"the body returns {after.Length} states for {before.Length}", "Return every state");
        for (int i = 0; i < after.Length; i++)
        {
            if (after[i].ElementType != before[i].ElementType || after[i].Rank != before[i].Rank || after[i].Shape.Zip(before[i].Shape).Any(pair => Dimension.Merge(pair.First, pair.Second) is null))
                throw node.Error($"the body turns state {before[i]} into {after[i]}", "Keep type and shape of every state");
            inner.Output($"{node.Name}/next{i}", after[i]);
        }

        inner.Output($"{node.Name}/output", output);
        var results = node.Attribute("body", inner.Build().Proto.Graph).Attribute("num_scan_inputs", 1)
            .Outputs([.. states.Select(state => (state.ElementType, state.Shape)), (output.ElementType, [x.Shape[0], .. output.Shape])]);
        return (results[^1], results[..^1]);
    }
}
