namespace Microsoft.ML.Nas.Onnx;

public sealed partial class GraphBuilder
{
    /// <summary>
    /// A layer of long short-term memory (Hochreiter 1997): the hidden states [time, directions, batch, hidden] at every step of x [time, batch, inputs].
    /// The states begin as zeros. Gates are in ONNX's order: input, output, forget, cell.
    /// </summary>
    /// <param name="x">The sequences, [time, batch, inputs].</param>
    /// <param name="weights">What the inputs are multiplied by, [directions, 4 · hidden, inputs].</param>
    /// <param name="recurrence">What the states are multiplied by, [directions, 4 · hidden, hidden].</param>
    /// <param name="bias">The inputs' biases, then the states', [directions, 8 · hidden]; none where null.</param>
    /// <param name="lengths">The number of steps of each sequence, Int32 [batch]; states after it are zeros. All steps where null.</param>
    /// <param name="direction">In which direction the steps are taken.</param>
    public GraphValue Lstm(GraphValue x, GraphValue weights, GraphValue recurrence, GraphValue? bias = null, GraphValue? lengths = null, RecurrentDirection direction = RecurrentDirection.Forward) =>
        Recurrent(Start("LSTM", x, weights, recurrence, bias, lengths), x, weights, recurrence, bias, lengths, direction, gates: 4);

    /// <summary>
    /// A layer of gated recurrent units (Cho 2014): the hidden states [time, directions, batch, hidden] at every step of x [time, batch, inputs].
    /// The states begin as zeros. Gates are in ONNX's order: update, reset, hidden.
    /// </summary>
    /// <param name="x">The sequences, [time, batch, inputs].</param>
    /// <param name="weights">What the inputs are multiplied by, [directions, 3 · hidden, inputs].</param>
    /// <param name="recurrence">What the states are multiplied by, [directions, 3 · hidden, hidden].</param>
    /// <param name="bias">The inputs' biases, then the states', [directions, 6 · hidden]; none where null.</param>
    /// <param name="lengths">The number of steps of each sequence, Int32 [batch]; states after it are zeros. All steps where null.</param>
    /// <param name="direction">In which direction the steps are taken.</param>
    /// <param name="linearBeforeReset">Whether the reset gate is applied after the multiplication with the recurrence weights, as cuDNN and PyTorch do.</param>
    public GraphValue Gru(GraphValue x, GraphValue weights, GraphValue recurrence, GraphValue? bias = null, GraphValue? lengths = null, RecurrentDirection direction = RecurrentDirection.Forward, bool linearBeforeReset = false)
    {
        var node = Start("GRU", x, weights, recurrence, bias, lengths);
        return Recurrent(node.Attribute("linear_before_reset", linearBeforeReset), x, weights, recurrence, bias, lengths, direction, gates: 3);
    }

    private static GraphValue Recurrent(NodeDraft node, GraphValue x, GraphValue weights, GraphValue recurrence, GraphValue? bias, GraphValue? lengths, RecurrentDirection direction, int gates)
    {
        node.Accept(x, TypeSet.Floating).Same(x, weights, recurrence, bias).Rank(x, 3).Rank(weights, 3).Rank(recurrence, 3).Rank(bias, 2)
            .Accept(lengths, TypeSet.Of(ElementType.Int32)).Rank(lengths, 1);
        if (recurrence.Shape[2].Size is not { } hidden)
            throw node.Error($"the number of hidden units in {recurrence} is not known", "Give weights of fixed size");
        var directions = direction == RecurrentDirection.Bidirectional ? 2 : 1;
        Expect(weights, directions, gates * hidden, x.Shape[2]);
        Expect(recurrence, directions, gates * hidden, hidden);
        if (bias is not null)
            Expect(bias, directions, 2 * gates * hidden);
        if (lengths is not null)
            Expect(lengths, x.Shape[1]);
        return node
            .Attribute("direction", direction switch { RecurrentDirection.Forward => "forward", RecurrentDirection.Reverse => "reverse", _ => "bidirectional" })
            .Attribute("hidden_size", hidden)
            .Output(x.ElementType, [x.Shape[0], directions, x.Shape[1], hidden]);

        void Expect(GraphValue value, params ReadOnlySpan<Dimension> expected)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                if (Dimension.Merge(value.Shape[i], expected[i]) is null)
                    throw node.Error($"{value} should be {GraphShape.Create(expected)}", "Give all weights for the same numbers of inputs, hidden units and directions");
            }
        }
    }
}
