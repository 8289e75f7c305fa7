using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;

namespace Snippets;

#region own-sampler
/// <summary>Hill climbing: the best so far with one decision changed.</summary>
internal sealed class HillClimbing : Sampler
{
    public override string Name => "Hill climbing";

    public override Genotype? Propose(SearchHistory history, Random random) => history.Best is { } best
        ? MutateUntilNew(history, best.Architecture.Genotype, random)
        : DrawNew(history, random);
}
#endregion
