using System.Numerics;
using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>
/// Products of gates' gradients with what the gates read, summed over all rows. Each sum is computed by one thread in the order of the rows:
/// LibTorch's products over many rows depend on its number of threads.
/// </summary>
internal static unsafe class GateProducts
{
    // Parts of so many rows and gates stay in the first-level cache.
    private const int PartRows = 64;
    private const int PartGates = 32;

    /// <summary>gradientsᵀ · values, <c>[gates, columns]</c>, and the sums of the gradients, <c>[gates]</c>.</summary>
    /// <param name="gradients">Contiguous, <c>[rows, ...]</c>.</param>
    /// <param name="firstGate">The first column of the gradients that counts.</param>
    /// <param name="gates">The number of those columns, whole vectors.</param>
    /// <param name="values">Contiguous, <c>[rows, ...]</c>.</param>
    /// <param name="firstColumn">The first column of the values that counts.</param>
    /// <param name="columns">The number of those columns, whole vectors.</param>
    public static (Tensor Products, Tensor Sums) Compute(Tensor gradients, int firstGate, int gates, Tensor values, int firstColumn, int columns)
    {
        var (products, sums) = (zeros(gates, columns), zeros(gates));
        var (rows, gateStep, valueStep) = ((int)gradients.shape[0], (int)gradients.shape[1], (int)values.shape[1]);
        var (from, by) = ((nint)(TensorMemory.Of(gradients) + firstGate), (nint)(TensorMemory.Of(values) + firstColumn));
        var (to, total) = ((nint)TensorMemory.Of(products), (nint)TensorMemory.Of(sums));
        Scratch.Run((gates + PartGates - 1) / PartGates, (item, scratch) =>
        {
            var (first, count) = (item * PartGates, Math.Min(PartGates, gates - item * PartGates));
            var part = scratch.Get(ScratchPiece.GateSums, PartRows * count);
            for (var row = 0; row < rows; row += PartRows)
            {
                var taken = Math.Min(PartRows, rows - row);
                Gather((float*)from + (long)row * gateStep + first, gateStep, taken, count, part, (float*)total + first);
                RowKernels.MultiplyTransposedAdd(part, count, taken, (float*)by + (long)row * valueStep, valueStep, columns, (float*)to + first * columns);
            }
        });
        return (products, sums);
    }

    /// <summary>Puts rows next to each other, and adds them up.</summary>
    private static void Gather(float* from, int step, int rows, int count, float* to, float* sums)
    {
        for (var row = 0; row < rows; row++, from += step, to += count)
        {
            for (var i = 0; i < count; i += Vector<float>.Count)
            {
                var value = Vector.Load(from + i);
                value.Store(to + i);
                (Vector.Load(sums + i) + value).Store(sums + i);
            }
        }
    }
}
