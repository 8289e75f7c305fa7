using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Differentiable.Gdas;

/// <summary>
/// GDAS (Dong and Yang 2019, "Searching for a Robust Neural Architecture in Four GPU Hours"): each step runs one option of every decision,
/// drawn by Gumbel noise, and gradients reach the alphas through the softmax that the draw is the hard form of.
/// </summary>
/// <remarks>What differs from the paper: see <see cref="DifferentiableStrategy"/>; reduction cells are searched like the others.</remarks>
internal sealed class GdasStrategy(GdasOptions options) : DifferentiableStrategy(options)
{
    public override string Name => "GDAS";

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) => new HardGumbelRelaxation(space, others, options.FirstTemperature, options.LastTemperature);
}
