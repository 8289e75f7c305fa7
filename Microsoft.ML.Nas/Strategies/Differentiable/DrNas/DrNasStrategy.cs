using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Differentiable.DrNas;

/// <summary>
/// DrNAS (Chen 2021, "DrNAS: Dirichlet Neural Architecture Search"): mixtures are drawn from a Dirichlet distribution whose concentrations are learned
/// through the draws.
/// </summary>
/// <remarks>What differs from the paper: see <see cref="DifferentiableStrategy"/>; one stage, without progressive widening and pruning.</remarks>
internal sealed class DrNasStrategy(DrNasOptions options) : DifferentiableStrategy(options)
{
    public override string Name => "DrNAS";

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) => new DirichletRelaxation(space, others);
}
