using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Snas;

/// <summary>Draws from the concrete distribution (Maddison 2017): softmax((log p + g) / λ) with Gumbel noise g and temperature λ.</summary>
internal sealed class ConcreteRelaxation(SearchSpace space, Genotype others, double firstTemperature, double lastTemperature) : ArchitectureParameters(space, others)
{
    protected override Tensor Expected(Tensor alpha) => alpha.softmax(0);

    protected override MixtureEntry ArchitectureEntry(int decision, Tensor alpha)
    {
        var temperature = firstTemperature * Math.Pow(lastTemperature / firstTemperature, Progress);
        return new(0, (Scalars.Sum(alpha.log_softmax(0), Values(alpha, () => Gumbel.Draw(Random))) / Scalars.Held(temperature)).softmax(0));
    }
}
