using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Network = Microsoft.ML.Nas.Networks.Network;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>
/// Zen-score (Lin 2021, "Zen-NAS"): ln E‖f(x + αε) − f(x)‖ + Σ ln σ over batch normalisations, where f is the network before its global pooling (or its head)
/// with Gaussian weights, x and ε are Gaussian, and σ² is the mean variance that a normalisation divides by. Needs no data.
/// </summary>
/// <remarks>What differs from the paper: f keeps its residual connections; the norm is the sum of absolute differences of an example, as in NASLib.</remarks>
public sealed class Zen : Proxy
{
    /// <summary>α, the size of the disturbance. Default 0.01, as in the paper.</summary>
    public double Disturbance { get; init; } = 0.01;

    /// <summary>The number of networks and inputs that are drawn. Default 4.</summary>
    public int Repeats { get; init; } = 4;

    /// <summary>The number of examples in each. Default 16.</summary>
    public int BatchSize { get; init; } = 16;

    /// <inheritdoc/>
    public override string Name => "zen";

    /// <inheritdoc/>
    public override double Score(ProxyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var shape = ImageShape.Normalize(context.Input);
        if (shape.GetType() != typeof(Shape))
            throw new NotSupportedException($"The Zen-score disturbs inputs that are plain numbers; it cannot be taken of {context.Input}. Use another proxy, such as SynFlow.");
        using var none = no_grad();
        using var network = context.CreateNetwork(shape);
        var norms = network.modules().OfType<BatchNormModule>().Distinct().ToArray();
        foreach (var norm in norms) norm.Momentum = 1;
        double sum = 0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            using var scope = NewDisposeScope();
            foreach (var (name, parameter) in network.named_parameters())
            {
                if (parameter.dim() > 1) init.normal_(parameter);
                else if (name.EndsWith("bias", StringComparison.Ordinal)) parameter.zero_();
            }
            var input = randn([BatchSize, .. shape.Dimensions.Select(static size => (long)size)], device: network.parameters().First().device);
            var disturbed = Scalars.Sum(input, randn_like(input) * Scalars.Held(Disturbance));
            var features = FeaturesOf(network, input);
            var logScale = norms.Sum(static norm => Math.Log(Math.Sqrt(Math.Max(norm.MeanVariance, 1e-300))));
            sum += Math.Log(Math.Max(Sum((features - FeaturesOf(network, disturbed)).abs()) / BatchSize, 1e-300)) + logScale;
        }
        return sum / Repeats;
    }

    private static Tensor FeaturesOf(Network network, Tensor input)
    {
        Tensor? features = null;
        using (new ForwardProbe { Pooling = pooled => features ??= pooled }) network.call(input);
        return features!;
    }
}
