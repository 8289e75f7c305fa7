using System.Numerics;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>One use of a recurrent layer: its sizes, and which steps of which examples are computed. Their rows lie one after the other, example by example.</summary>
/// <param name="kernel">The gates.</param>
/// <param name="units">The number of units of a direction.</param>
/// <param name="directions">One or two.</param>
/// <param name="lengths">By example, the number of steps before the padding.</param>
/// <param name="steps">The number of steps, padding included.</param>
/// <param name="features">The size of a step.</param>
/// <param name="library">The same function by the library's operations.</param>
internal sealed class RecurrentPass(GateKernel kernel, int units, int directions, int[] lengths, int steps, int features, Func<Tensor, Tensor> library)
{
    private readonly int[] _starts = Sums(lengths);

    // Groups of similar lengths finish together, and the longest are started first.
    private readonly int[] _order = [.. Enumerable.Range(0, lengths.Length).OrderByDescending(example => lengths[example])];

    public GateKernel Kernel => kernel;

    public int Directions => directions;

    /// <summary>The number of a direction's units.</summary>
    public int Units => units;

    /// <summary>The number of units in memory: whole vectors. Those that fill up stay zero.</summary>
    public int Width { get; } = WidthOf(units);

    /// <summary>The size of a row of one direction's gates in memory.</summary>
    public int GateWidth => kernel.Gates * Width;

    public int Features => features;

    public int Batch => lengths.Length;

    public int Steps => steps;

    /// <summary>The number of steps of all examples, without padding.</summary>
    public int Rows => _starts[^1];

    public bool HasPadding => Rows < Batch * steps;

    /// <summary>The number of groups of examples.</summary>
    public int Groups => (Batch + RowKernels.Rows - 1) / RowKernels.Rows;

    /// <summary>The number of variables that the function takes: the input, and weights and biases of each direction.</summary>
    public int Variables => 1 + 4 * directions;

    /// <summary>By variable, whether it needs a gradient.</summary>
    public bool[] Needs { get; private set; } = [];

    /// <summary>The same function by the library's operations.</summary>
    public Func<Tensor, Tensor> Library => library;

    /// <summary>So many units in whole vectors.</summary>
    public static int WidthOf(int units) => (units + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Notes which variables need gradients.</summary>
    public void Take(Tensor[] variables) => Needs = [.. variables.Select(static variable => variable.requires_grad)];

    /// <summary>The examples of a group, the longest first.</summary>
    public ReadOnlySpan<int> Group(int group) => _order.AsSpan(group * RowKernels.Rows, Math.Min(RowKernels.Rows, Batch - group * RowKernels.Rows));

    public int Length(int example) => lengths[example];

    /// <summary>The place in an example of the step that a direction computes as its so-manieth; steps not computed are -1 and the example's length.</summary>
    public int Place(int direction, int example, int step) => direction == 0 ? step : lengths[example] - 1 - step;

    /// <summary>The row of the step at a place in an example.</summary>
    public int Row(int example, int place) => _starts[example] + place;

    /// <summary>By row, its place among all steps, padding included; Int64 <c>[rows]</c>.</summary>
    public Tensor Places()
    {
        var places = new long[Rows];
        for (var example = 0; example < Batch; example++)
            for (var step = 0; step < lengths[example]; step++) places[_starts[example] + step] = (long)example * steps + step;
        return tensor(places);
    }

    private static int[] Sums(int[] lengths)
    {
        var sums = new int[lengths.Length + 1];
        for (var i = 0; i < lengths.Length; i++) sums[i + 1] = sums[i] + lengths[i];
        return sums;
    }
}
