using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>
/// Spends what is left of the budget on training the architectures that shared weights favour on their own, in turns with the best trial
/// so far moved towards them in a few decisions. Decisions that shared weights cannot rank (<see cref="DecisionKind.Regularization"/>)
/// are taken from the best trial so far, and varied around it.
/// </summary>
internal static class CandidateTrials
{
    private const int MaxDraws = 200;
    private const int MovedDecisions = 2;

    /// <param name="context">The search.</param>
    /// <param name="structures">Favoured architectures, best first; their regularization is not looked at. May be endless.</param>
    /// <param name="random">Draws what is moved and varied.</param>
    public static void Run(SearchContext context, IEnumerable<Genotype> structures, System.Random random)
    {
        var space = context.Space;
        var (proposals, repeated) = (0, 0);
        foreach (var structure in structures)
        {
            var candidate = proposals == 0 ? WithBestRegularization(structure) : proposals % 2 == 0 ? Vary(WithBestRegularization(structure)) : MoveBestTowards(structure);
            if (!context.IsNew(candidate) && ++repeated < MaxDraws) continue;
            // The favourites have been tried; look around the best.
            if (!context.IsNew(candidate))
                candidate = space.Neighbours(Best()).OrderBy(_ => random.Next()).FirstOrDefault(context.IsNew);
            if (candidate is null || context.Evaluate(candidate, proposals == 0 ? "derived" : "candidate") is null) return;
            (proposals, repeated) = (proposals + 1, 0);
        }

        Genotype Best() => context.Best?.Architecture.Genotype ?? space.Default;

        Genotype WithBestRegularization(Genotype structure) => space.Normalize([.. Enumerable.Range(0, space.Decisions.Length)
            .Select(decision => space.Decisions[decision].Kind == DecisionKind.Regularization ? Best()[decision] : structure[decision])]);

        Genotype MoveBestTowards(Genotype structure)
        {
            var indices = Best().Indices.ToArray();
            for (var move = 0; move < MovedDecisions; move++)
            {
                var decision = random.Next(indices.Length);
                indices[decision] = space.Decisions[decision].Kind == DecisionKind.Regularization ? random.Next(space.Decisions[decision].Count) : structure[decision];
            }
            return space.Normalize(indices);
        }

        Genotype Vary(Genotype genotype)
        {
            var open = Enumerable.Range(0, space.Decisions.Length)
                .Where(decision => space.Decisions[decision].Kind == DecisionKind.Regularization && space.IsActive(genotype, decision)).ToArray();
            if (open.Length == 0 || random.Next(2) == 0) return genotype;
            var indices = genotype.Indices.ToArray();
            var changed = open[random.Next(open.Length)];
            indices[changed] = random.Next(space.Decisions[changed].Count);
            return space.Normalize(indices);
        }
    }
}
