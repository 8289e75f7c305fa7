using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Exhaustive;

/// <summary>Exhaustive (grid) search: every architecture, in lexicographic order of the options taken. For small spaces.</summary>
internal sealed class ExhaustiveSampler : Sampler
{
    public override string Name => "Exhaustive";

    public override Genotype? Propose(SearchHistory history, Random random)
    {
        // What was passed over was tried or is not allowed, and stays so: the position follows from the history.
        var rest = history.Memo(this, () => AllGenotypes.Of(history.Space).GetEnumerator());
        while (rest.MoveNext())
            if (history.IsNew(rest.Current)) return rest.Current;
        return null;
    }
}
