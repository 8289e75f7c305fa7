using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// Synaptic flow (Tanaka 2020, as a proxy Abdelfattah 2021): ln(1 + Σ |θ ∂R/∂θ|), where R is the sum of the outputs for an input of ones in the network
/// with the absolute values of its weights and without normalisation. Needs no data.
/// </summary>
/// <remarks>Computed in double precision, which a deep network without normalisation needs. What differs from the papers: the logarithm, which changes no ranking.</remarks>
public sealed class SynFlow : Proxy
{
    /// <inheritdoc/>
    public override string Name => "synflow";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var input = ImageShape.Normalize(context.Input);
        using var network = context.CreateNetwork(input).to(ScalarType.Float64);
        using (no_grad())
            foreach (var parameter in network.parameters()) parameter.abs_();
        using var probe = new ForwardProbe { SkipsNormalization = true };
        var weights = Weights(network);
        var flow = Gradients(network.call(Ones(input).to(network.parameters().First().device)).sum(), weights);
        return Math.Log(1 + weights.Zip(flow, static (weight, gradient) => Sum((weight * gradient).abs())).Sum());
    }

    /// <summary>One example of ones: of a number, of a category, of a token.</summary>
    private static Tensor Ones(Shape input)
    {
        var values = ones([1, .. input.Dimensions.Select(static size => (long)size)], dtype: ScalarType.Float64);
        if (input is not TableShape table) return values;
        // A column that knows one code only has no code 1.
        for (var column = 0; column < table.Categories; column++)
            if (table.Cardinalities[column] == 1) values.narrow(1, table.Numbers + column, 1).zero_();
        return values;
    }
}
