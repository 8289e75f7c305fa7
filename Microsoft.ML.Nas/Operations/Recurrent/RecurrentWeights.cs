using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>The parameters of a pass as the kernels want them: both directions together, each gate filled up to whole vectors with zeros.</summary>
/// <param name="pass">The pass.</param>
/// <param name="parameters">By direction: the input's weights, the recurrence's weights, and their biases.</param>
internal sealed unsafe class RecurrentWeights(RecurrentPass pass, Tensor[] parameters)
{
    /// <summary>What features are multiplied by, <c>[directions · gates · width, features]</c>; those beyond narrower inputs are left out.</summary>
    public Tensor Projection() => Fill([pass.Directions * pass.GateWidth, pass.Features], 0, (int)parameters[0].shape[1], pass.Features);

    /// <summary>What is added to features' products, <c>[directions · gates · width]</c>.</summary>
    public Tensor ProjectionBias() => Fill([pass.Directions * pass.GateWidth], 2, 1, 1);

    /// <summary>What is added to states' products, <c>[directions · gates · width]</c>.</summary>
    public Tensor RecurrenceBias() => Fill([pass.Directions * pass.GateWidth], 3, 1, 1);

    /// <summary>By direction, what states are multiplied by, packed for <see cref="RowKernels"/>.</summary>
    /// <param name="transposed">For gradients of gates.</param>
    public Tensor Recurrence(bool transposed)
    {
        var result = empty(pass.Directions, pass.GateWidth * pass.Width);
        for (var direction = 0; direction < pass.Directions; direction++)
        {
            float* weights = TensorMemory.Of(parameters[4 * direction + 1]), to = TensorMemory.Of(result) + direction * pass.GateWidth * pass.Width;
            if (transposed) RowKernels.Pack((gate, unit) => At(weights, gate, unit), pass.GateWidth, pass.Width, to);
            else RowKernels.Pack((unit, gate) => At(weights, gate, unit), pass.Width, pass.GateWidth, to);
        }
        return result;
    }

    private float At(float* weights, int gate, int unit)
    {
        var (number, place) = (gate / pass.Width, gate % pass.Width);
        return place < pass.Units && unit < pass.Units ? weights[(number * pass.Units + place) * pass.Units + unit] : 0;
    }

    private Tensor Fill(long[] shape, int parameter, int from, int to)
    {
        var result = zeros(shape);
        for (var direction = 0; direction < pass.Directions; direction++)
        {
            float* values = TensorMemory.Of(parameters[4 * direction + parameter]), filled = TensorMemory.Of(result) + direction * pass.GateWidth * to;
            for (var gate = 0; gate < pass.Kernel.Gates; gate++)
                for (var unit = 0; unit < pass.Units; unit++)
                    new ReadOnlySpan<float>(values + (gate * pass.Units + unit) * from, to).CopyTo(new Span<float>(filled + (gate * pass.Width + unit) * to, to));
        }
        return result;
    }
}
