using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>Computes a recurrent layer: the input's part of all gates in one product, then step after step, a few examples together.</summary>
/// <param name="pass">The pass.</param>
/// <param name="input"><c>[batch, steps, features]</c>.</param>
/// <param name="parameters">As for <see cref="RecurrentWeights"/>.</param>
internal sealed unsafe class RecurrentForward(RecurrentPass pass, Tensor input, Tensor[] parameters)
{
    private readonly RecurrentWeights _weights = new(pass, parameters);

    /// <summary>The steps that are computed, <c>[rows, features]</c>.</summary>
    public static Tensor Rows(RecurrentPass pass, Tensor input)
    {
        var all = input.reshape((long)pass.Batch * pass.Steps, pass.Features);
        return pass.HasPadding ? all.index_select(0, pass.Places()) : all;
    }

    /// <summary>The output, <c>[batch, steps, directions · units]</c>, and what <see cref="RecurrentBackward"/> needs.</summary>
    public (Tensor Output, Tensor[] Kept) Run()
    {
        using var scope = NewDisposeScope();
        var output = zeros(pass.Batch, pass.Steps, pass.Directions * pass.Units);
        var gates = _weights.ProjectionBias().addmm(Rows(pass, input), _weights.Projection().t());
        var (kept, states) = (empty(pass.Rows, pass.Directions * pass.Width), empty(pass.Rows, pass.Directions * pass.Width));
        var (weights, bias) = (_weights.Recurrence(transposed: false), _weights.RecurrenceBias());
        var memory = (Gates: (nint)TensorMemory.Of(gates), Kept: (nint)TensorMemory.Of(kept), States: (nint)TensorMemory.Of(states), Output: (nint)TensorMemory.Of(output));
        var (weightData, biasData) = ((nint)TensorMemory.Of(weights), (nint)TensorMemory.Of(bias));
        Scratch.Run(pass.Directions * pass.Groups, (item, scratch) =>
        {
            var direction = item % pass.Directions;
            Group(
                direction, pass.Group(item / pass.Directions), scratch, (float*)weightData + direction * pass.GateWidth * pass.Width,
                (float*)biasData + direction * pass.GateWidth, (float*)memory.Gates, (float*)memory.Kept, (float*)memory.States, (float*)memory.Output);
        });
        return (output.MoveToOuterDisposeScope(), [gates.MoveToOuterDisposeScope(), kept.MoveToOuterDisposeScope(), states.MoveToOuterDisposeScope()]);
    }

    private void Group(int direction, ReadOnlySpan<int> examples, Scratch scratch, float* weights, float* bias, float* gates, float* kept, float* states, float* output)
    {
        var (width, gateWidth) = (pass.Width, pass.GateWidth);
        float* state = scratch.Zeros(ScratchPiece.States, RowKernels.Rows * width), cell = scratch.Zeros(ScratchPiece.CellStates, RowKernels.Rows * width);
        var sums = scratch.Get(ScratchPiece.GateSums, RowKernels.Rows * gateWidth);
        for (var step = 0; step < pass.Length(examples[0]); step++)
        {
            for (var i = 0; i < RowKernels.Rows; i++) Copy(bias, sums + i * gateWidth, gateWidth);
            if (step > 0) RowKernels.MultiplyAdd(state, width, weights, sums, gateWidth);
            for (var i = 0; i < examples.Length && step < pass.Length(examples[i]); i++)
            {
                var place = pass.Place(direction, examples[i], step);
                var row = (long)pass.Row(examples[i], place) * pass.Directions + direction;
                pass.Kernel.Forward(gates + row * gateWidth, sums + i * gateWidth, kept + row * width, cell + i * width, state + i * width, width);
                Copy(state + i * width, states + row * width, width);
                Copy(state + i * width, output + (((long)examples[i] * pass.Steps + place) * pass.Directions + direction) * pass.Units, pass.Units);
            }
        }
    }

    private static void Copy(float* from, float* to, int count) => new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));
}
