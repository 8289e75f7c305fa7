using Microsoft.ML.Nas.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Which steps of sequences <c>[batch, steps, features]</c> are padding: those after the last that is not all zeros.</summary>
internal static class SequencePadding
{
    /// <summary>The number of steps before the padding, Int64 <c>[batch]</c>.</summary>
    public static Tensor Lengths(Tensor sequences)
    {
        var used = sequences.detach().ne(Scalars.Zero).any(2).to_type(ScalarType.Int64);
        return (used * Scalars.Range(1, sequences.shape[1] + 1, ScalarType.Int64, sequences.device)).amax(1);
    }

    /// <summary>Whether a step is no padding, Bool <c>[batch, steps]</c>.</summary>
    public static Tensor Mask(Tensor sequences) => Mask(Lengths(sequences), sequences.shape[1]);

    /// <summary>Whether a step is no padding, from the numbers of steps before it.</summary>
    public static Tensor Mask(Tensor lengths, long steps) => Scalars.Range(0, steps, ScalarType.Int64, lengths.device).lt(lengths.unsqueeze(1));

    /// <summary>Sets to zero what an operation made of its input's padding.</summary>
    public static Tensor Keep(Tensor output, Tensor input) => output * Mask(input).unsqueeze(-1).to_type(output.dtype);

    /// <summary>The number of steps before the padding, Int64 <c>[N, 1]</c>.</summary>
    public static GraphValue Lengths(GraphBuilder graph, GraphValue sequences)
    {
        var used = graph.Greater(graph.ReduceMax(graph.Abs(sequences), axes: [2], keepDims: false), graph.Constant(0f));
        var places = graph.Mul(graph.Cast(used, ElementType.Int64), Count(graph, sequences, first: 1));
        return graph.ReduceMax(places, axes: [1]);
    }

    /// <summary>Whether a step is no padding, Bool <c>[N, steps]</c>.</summary>
    public static GraphValue Mask(GraphBuilder graph, GraphValue sequences) =>
        graph.Less(Count(graph, sequences, first: 0), Lengths(graph, sequences));

    /// <summary>Sets to zero what an operation made of its input's padding.</summary>
    public static GraphValue Keep(GraphBuilder graph, GraphValue output, GraphValue input) =>
        graph.Mul(output, graph.Unsqueeze(graph.Cast(Mask(graph, input), ElementType.Float), axes: [2]));

    /// <summary>Sequences of a fixed number of steps, <c>[N, steps, features]</c>: zeros fill them up.</summary>
    public static GraphValue FillUp(GraphBuilder graph, GraphValue sequences, int steps)
    {
        var features = sequences.Shape[2].Size!.Value;
        var rows = graph.Slice(graph.Shape(sequences), axis: 0, start: 0, end: 1);
        var padding = graph.Expand(graph.Constant(0f), graph.Concat(0, rows, graph.Constant([(long)steps, features])));
        return graph.Reshape(graph.Slice(graph.Concat(1, sequences, padding), axis: 1, start: 0, end: steps), [-1, steps, features]);
    }

    /// <summary>The number of steps, padding included, Int64 <c>[1]</c>.</summary>
    public static GraphValue Steps(GraphBuilder graph, GraphValue sequences) => graph.Slice(graph.Shape(sequences), axis: 0, start: 1, end: 2);

    /// <summary>Whole numbers, one a step, from 0 or 1: Int64 <c>[steps]</c>.</summary>
    public static GraphValue Count(GraphBuilder graph, GraphValue sequences, int first) => sequences.Shape[1].Size is { } steps
        ? graph.Constant([.. Enumerable.Range(first, (int)steps).Select(static step => (long)step)])
        : graph.CumSum(graph.Expand(graph.Constant(1L), Steps(graph, sequences)), axis: 0, exclusive: first == 0);
}
