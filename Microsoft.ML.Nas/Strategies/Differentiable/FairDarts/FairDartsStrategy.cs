using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Differentiable.FairDarts;

/// <summary>
/// FairDARTS (Chu 2020, "Fair DARTS: Eliminating Unfair Advantages in Differentiable Architecture Search"): each option has a sigmoid of its own, so
/// that options do not compete; a zero-one loss makes them decide.
/// </summary>
/// <remarks>
/// What differs from the paper: see <see cref="DifferentiableStrategy"/>; a decision takes exactly one option, the strongest, where the paper keeps all
/// options above a threshold.
/// </remarks>
internal sealed class FairDartsStrategy(FairDartsOptions options) : DifferentiableStrategy(options)
{
    public override string Name => "FairDARTS";

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) => new SigmoidRelaxation(space, others, options.ZeroOneWeight);
}
