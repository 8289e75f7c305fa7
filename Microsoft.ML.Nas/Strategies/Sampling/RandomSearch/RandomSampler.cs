using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.RandomSearch;

/// <summary>
/// Random search: architectures drawn uniformly, decision by decision, none twice. The baseline that every strategy has to beat
/// (Li and Talwalkar 2019; Yu 2020).
/// </summary>
internal sealed class RandomSampler : Sampler
{
    public override string Name => "Random";

    public override Genotype? Propose(SearchHistory history, Random random) => DrawNew(history, random);
}
