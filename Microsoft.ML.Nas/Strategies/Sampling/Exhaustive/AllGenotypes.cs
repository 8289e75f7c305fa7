using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.Sampling.Exhaustive;

/// <summary>All genotypes of a space, in lexicographic order.</summary>
internal static class AllGenotypes
{
    public static IEnumerable<Genotype> Of(SearchSpace space)
    {
        var indices = new int[space.Decisions.Length];
        while (true)
        {
            var genotype = space.Normalize(indices);
            yield return genotype;
            // As an odometer does; a decision that does not matter stays at 0.
            var decision = indices.Length - 1;
            for (; decision >= 0; decision--)
            {
                if (space.IsActive(genotype, decision) && ++indices[decision] < space.Decisions[decision].Count) break;
                indices[decision] = 0;
            }
            if (decision < 0) yield break;
        }
    }
}
