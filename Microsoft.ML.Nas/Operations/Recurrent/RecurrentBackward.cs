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
    private const int ProductRows = 256;

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
        var (input, width) = (Features(projected), pass.GateWidth);
        var (projectedSums, recurrentSums) = (projected.sum(dim: 0), recurrent.sum(dim: 0));
        for (var direction = 0; direction < pass.Directions; direction++)
        {
            var products = Product(recurrent.narrow(1, direction * width, width), last.narrow(1, direction * pass.Width, pass.Width)).narrow(1, 0, pass.Units);
            gradients[4 * direction + 1] = Units(input.narrow(0, direction * width, width), parameters[4 * direction].shape);
            gradients[4 * direction + 2] = Units(products, parameters[4 * direction + 1].shape);
            gradients[4 * direction + 3] = Units(projectedSums.narrow(0, direction * width, width), parameters[4 * direction + 2].shape);
            gradients[4 * direction + 4] = Units(recurrentSums.narrow(0, direction * width, width), parameters[4 * direction + 3].shape);
        }
    }

    /// <summary>The gradient of both directions' weights of features, those of features that narrower inputs lack included.</summary>
    private Tensor Features(Tensor projected)
    {
        var products = Product(projected, RecurrentForward.Rows(pass, input));
        var missing = parameters[0].shape[1] - pass.Features;
        return missing == 0 ? products : cat([products, zeros(products.shape[0], missing)], 1);
    }

    /// <summary>gradientsᵀ · values. A product over more rows than the library takes at once may depend on its number of threads.</summary>
    private Tensor Product(Tensor gradients, Tensor values)
    {
        var sum = zeros(gradients.shape[1], values.shape[1]);
        for (var row = 0; row < pass.Rows; row += ProductRows)
        {
            var count = Math.Min(ProductRows, pass.Rows - row);
            sum.addmm_(gradients.narrow(0, row, count).t(), values.narrow(0, row, count));
        }
        return sum;
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
