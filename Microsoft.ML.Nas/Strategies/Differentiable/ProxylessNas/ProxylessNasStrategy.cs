using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Differentiable.ProxylessNas;

/// <summary>
/// ProxylessNAS (Cai, Zhu and Han 2019, "ProxylessNAS: Direct Neural Architecture Search on Target Task and Hardware"): the weights learn on one path at a
/// time; a step on the alphas draws two options of every decision and moves their probabilities against each other.
/// </summary>
/// <remarks>
/// What differs from the paper: see <see cref="DifferentiableStrategy"/>; there is no latency in the loss, since
/// <see cref="SearchOptions.MaxMacs"/> limits what is tried.
/// </remarks>
internal sealed class ProxylessNasStrategy(ProxylessNasOptions options) : DifferentiableStrategy(options)
{
    public override string Name => "ProxylessNAS";

    /// <summary>As in the paper's code: alphas that were not drawn must not move on.</summary>
    protected override double ArchitectureBeta1 => 0;

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) => new BinaryGateRelaxation(space, others);
}
