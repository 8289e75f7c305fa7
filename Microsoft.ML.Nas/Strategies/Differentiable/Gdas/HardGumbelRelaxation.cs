using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Gdas;

/// <summary>
/// One option of a decision, drawn with the softmax's probabilities: arg max (log p + g) with Gumbel noise g. Its weight is 1 and has the
/// gradient of its share in softmax((log p + g) / τ); only it runs, so that only its share has one (equations 3 to 6 of the paper). "None" is not drawn.
/// </summary>
internal sealed class HardGumbelRelaxation(SearchSpace space, Genotype others, double firstTemperature, double lastTemperature) : ArchitectureParameters(space, others, mixesNone: false)
{
    protected override Tensor Expected(Tensor alpha) => alpha.softmax(0);

    protected override MixtureEntry ArchitectureEntry(int decision, Tensor alpha)
    {
        var temperature = firstTemperature + (lastTemperature - firstTemperature) * Progress;
        var noisy = Scalars.Sum(alpha.log_softmax(0), Values(alpha, () => Gumbel.Draw(Random)));
        var soft = (noisy / Scalars.Held(temperature)).softmax(0);
        var chosen = (int)soft.argmax().item<long>();
        var hard = new float[soft.numel()];
        hard[chosen] = 1;
        return new(chosen, tensor(hard, device: alpha.device) * Scalars.Sum(soft - soft.detach(), Scalars.One), [chosen]);
    }
}
