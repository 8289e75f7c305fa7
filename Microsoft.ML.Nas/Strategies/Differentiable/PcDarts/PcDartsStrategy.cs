using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;

namespace Microsoft.ML.Nas.Strategies.Differentiable.PcDarts;

/// <summary>
/// PC-DARTS (Xu 2020, "PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture Search"): DARTS whose choices work on a part of the channels
/// while the others pass, with weights for edges too.
/// </summary>
/// <remarks>
/// What differs from the paper: see <see cref="DifferentiableStrategy"/>; choices whose options are made for other numbers of channels than they are given, such as
/// linear layers, are mixed in full; edge normalisation weighs the sets of edges that a node may keep, and an edge by the sum of the sets that keep it.
/// </remarks>
internal sealed class PcDartsStrategy(PcDartsOptions options) : DartsStrategy(options)
{
    public override string Name => options.SecondOrder ? "PC-DARTS (second order)" : "PC-DARTS";

    protected override int ChannelParts => options.ChannelParts;

    protected override ArchitectureParameters Relax(SearchSpace space, Genotype others) =>
        new SoftmaxRelaxation(space, others, options.Perturbation, options.DropPath, options.EdgeNormalization);
}
