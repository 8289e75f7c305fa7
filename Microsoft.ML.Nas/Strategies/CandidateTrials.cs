using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>
/// Spends what is left of the budget on training the architectures that shared weights favour on their own. Decisions that shared
/// weights cannot rank (<see cref="DecisionKind.Regularization"/>) are taken from the best trial so far, and varied around it.
/// </summary>
internal static class CandidateTrials
{
    private const int MaxDraws = 200;

    /// <param name="context">The search.</param>
    /// <param name="structures">Favoured architectures, best first; their regularization is not looked at. May be endless.</param>
    /// <param name="random">Varies the regularization.</param>
    public static void Run(SearchContext context, IEnumerable<Genotype> structures, System.Random random)
    {
        var space = context.Space;
        var open = Enumerable.Range(0, space.Decisions.Length).Where(decision => space.Decisions[decision].Kind == DecisionKind.Regularization).ToArray();
        var (first, repeated) = (true, 0);
        foreach (var structure in structures)
        {
            var candidate = WithRegularization(structure, vary: !first && random.Next(2) == 0);
            if (!context.IsNew(candidate) && ++repeated < MaxDraws) continue;
            // The favourites have been tried; look around the best.
            if (!context.IsNew(candidate))
                candidate = space.Neighbours(Reference()).OrderBy(_ => random.Next()).FirstOrDefault(context.IsNew);
            if (candidate is null || context.Evaluate(candidate, first ? "derived" : "candidate") is null) return;
            (first, repeated) = (false, 0);
        }

        Genotype Reference() => context.Best?.Architecture.Genotype ?? space.Default;

        Genotype WithRegularization(Genotype structure, bool vary)
        {
            var indices = structure.Indices.ToArray();
            foreach (var decision in open) indices[decision] = Reference()[decision];
            var active = vary ? open.Where(decision => space.IsActive(structure, decision)).ToArray() : [];
            if (active.Length > 0)
            {
                var changed = active[random.Next(active.Length)];
                indices[changed] = (indices[changed] + 1 + random.Next(space.Decisions[changed].Count - 1)) % space.Decisions[changed].Count;
            }
            return space.Normalize(indices);
        }
    }
}
