using System.Numerics;
using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>Sends the gradient of a recurrent layer's output back through time; weights' gradients are products over all steps at the end.</summary>
/// <param name="pass">The pass.</param>
/// <param name="input"><c>[batch, steps, features]</c>.</param>
/// <param name="parameters">As for <see cref="RecurrentWeights"/>.</param>
/// <param name="kept">What <see cref="RecurrentForward"/> kept.</param>
/// <param name="gradient">The gradient, <c>[batch, steps, directions · units]</c>.</param>
internal sealed unsafe class RecurrentBackward(RecurrentPass pass, Tensor input, Tensor[] parameters, List<Tensor> kept, float* gradient)
{
    private readonly RecurrentWeights _weights = new(pass, parameters);
    private readonly float* _gates = TensorMemory.Of(kept[0]);
    private readonly float* _kept = TensorMemory.Of(kept[1]);
    private readonly float* _states = TensorMemory.Of(kept[2]);

    /// <summary>The gradients, in the order of the function's variables.</summary>
    public Tensor?[] Run()
    {
        var projected = empty(pass.Rows, pass.Directions * pass.GateWidth);
        var recurrent = pass.Kernel.HasOwnRecurrence ? empty_like(projected) : projected;
        var last = empty(pass.Rows, pass.Directions * pass.Width);
        var weights = _weights.Recurrence(transposed: true);
        var memory = (Weights: (nint)TensorMemory.Of(weights), Projected: (nint)TensorMemory.Of(projected), Recurrent: (nint)TensorMemory.Of(recurrent), Last: (nint)TensorMemory.Of(last));
        Scratch.Run(pass.Directions * pass.Groups, (item, scratch) =>
        {
            var direction = item % pass.Directions;
            Group(
                direction, pass.Group(item / pass.Directions), scratch, (float*)memory.Weights + direction * pass.GateWidth * pass.Width,
                (float*)memory.Projected, (float*)memory.Recurrent, (float*)memory.Last);
        });
        var gradients = new Tensor?[pass.Variables];
        if (pass.Needs[0]) gradients[0] = InputGradient(projected);
        if (pass.Needs.AsSpan(1).Contains(true)) ParameterGradients(projected, recurrent, last, gradients);
        return gradients;
    }

    private void Group(int direction, ReadOnlySpan<int> examples, Scratch scratch, float* weights, float* projected, float* recurrent, float* last)
    {
        var (width, gateWidth) = (pass.Width, pass.GateWidth);
        float* byState = scratch.Zeros(ScratchPiece.States, RowKernels.Rows * width), byCell = scratch.Zeros(ScratchPiece.CellStates, RowKernels.Rows * width);
        float* byGates = scratch.Zeros(ScratchPiece.GateSums, RowKernels.Rows * gateWidth), none = scratch.Zeros(ScratchPiece.NoState, width);
        for (var step = pass.Length(examples[0]) - 1; step >= 0; step--)
        {
            for (var i = 0; i < examples.Length && step < pass.Length(examples[i]); i++)
            {
                var place = pass.Place(direction, examples[i], step);
                var row = (long)pass.Row(examples[i], place) * pass.Directions + direction;
                var lastRow = step == 0 ? -1 : (long)pass.Row(examples[i], pass.Place(direction, examples[i], step - 1)) * pass.Directions + direction;
                float* lastState = lastRow < 0 ? none : _states + lastRow * width, lastKept = lastRow < 0 ? none : _kept + lastRow * width;
                Add(gradient + (((long)examples[i] * pass.Steps + place) * pass.Directions + direction) * pass.Units, byState + i * width, pass.Units);
                pass.Kernel.Backward(
                    _gates + row * gateWidth, _kept + row * width, lastKept, lastState, byState + i * width, byCell + i * width,
                    projected + row * gateWidth, byGates + i * gateWidth, width);
                Copy(lastState, last + row * width, width);
                if (recurrent != projected) Copy(byGates + i * gateWidth, recurrent + row * gateWidth, gateWidth);
            }
            if (step > 0) RowKernels.MultiplyAdd(byGates, gateWidth, weights, byState, width);
        }
    }

    private Tensor InputGradient(Tensor projected)
    {
        var rows = projected.mm(_weights.Projection());
        if (!pass.HasPadding) return rows.view(pass.Batch, pass.Steps, pass.Features);
        return zeros((long)pass.Batch * pass.Steps, pass.Features).index_copy_(0, pass.Places(), rows).view(pass.Batch, pass.Steps, pass.Features);
    }

    private void ParameterGradients(Tensor projected, Tensor recurrent, Tensor last, Tensor?[] gradients)
    {
        var (width, rows) = (pass.GateWidth, RecurrentForward.Rows(pass, input));
        // Whole vectors of features.
        var filling = -pass.Features & (Vector<float>.Count - 1);
        if (filling > 0) rows = cat([rows, zeros(pass.Rows, filling)], 1);
        var (byInput, inputSums) = GateProducts.Compute(projected, 0, pass.Directions * width, rows, 0, pass.Features + filling);
        for (var direction = 0; direction < pass.Directions; direction++)
        {
            var first = direction * width;
            var (byState, stateSums) = GateProducts.Compute(recurrent, first, width, last, direction * pass.Width, pass.Width);
            gradients[4 * direction + 1] = Units(Features(byInput.narrow(0, first, width)), parameters[4 * direction].shape);
            gradients[4 * direction + 2] = Units(byState.narrow(1, 0, pass.Units), parameters[4 * direction + 1].shape);
            gradients[4 * direction + 3] = Units(inputSums.narrow(0, first, width), parameters[4 * direction + 2].shape);
            gradients[4 * direction + 4] = Units(stateSums, parameters[4 * direction + 3].shape);
        }
    }

    /// <summary>The gradient of as many features as the weights have, where inputs are narrower or are filled up.</summary>
    private Tensor Features(Tensor gradient)
    {
        var missing = parameters[0].shape[1] - pass.Features;
        gradient = gradient.narrow(1, 0, pass.Features);
        return missing == 0 ? gradient : cat([gradient, zeros(gradient.shape[0], missing)], 1);
    }

    /// <summary>Leaves out the units that fill up vectors.</summary>
    private Tensor Units(Tensor gradient, long[] shape) =>
        gradient.reshape([pass.Kernel.Gates, pass.Width, .. shape[1..]]).narrow(1, 0, pass.Units).reshape(shape);

    private static void Add(float* terms, float* sums, int count)
    {
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count) (Vector.Load(sums + i) + Vector.Load(terms + i)).Store(sums + i);
        for (; i < count; i++) sums[i] += terms[i];
    }

    private static void Copy(float* from, float* to, int count) => new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));
}
