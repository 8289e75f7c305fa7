namespace Microsoft.ML.Nas.Spaces;

/// <summary>How architectures are drawn and changed.</summary>
internal static class SpaceWalk
{
    private const int MaxDraws = 2000;
    private const int MaxMutants = 50;

    public static Genotype Sample(SearchSpace space, Random random)
    {
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var genotype = space.Normalize([.. space.Decisions.Select(decision => random.Next(decision.Count))]);
            if (space.Allows(genotype)) return genotype;
        }
        throw new SearchSpaceException(
            $"None of {MaxDraws} random architectures of space '{space.Name}' is allowed by its constraints: {string.Join("; ", space.Constraints.Select(static constraint => constraint.Description))}. Allow more, or leave options out of the space instead.");
    }

    public static Genotype Mutate(SearchSpace space, Genotype genotype, Random random)
    {
        var active = Active(space, genotype);
        if (active.Length == 0) return genotype;
        for (var mutant = 0; mutant < MaxMutants; mutant++)
        {
            var indices = genotype.Indices.ToArray();
            var changed = active[random.Next(active.Length)];
            indices[changed] = (indices[changed] + 1 + random.Next(space.Decisions[changed].Count - 1)) % space.Decisions[changed].Count;
            var normal = space.Normalize(indices);
            if (space.Allows(normal)) return normal;
        }
        var allowed = Neighbours(space, genotype).ToArray();
        return allowed.Length == 0 ? genotype : allowed[random.Next(allowed.Length)];
    }

    public static IEnumerable<Genotype> Neighbours(SearchSpace space, Genotype genotype)
    {
        foreach (var decision in Active(space, genotype))
        {
            for (var option = 0; option < space.Decisions[decision].Count; option++)
            {
                if (option == genotype[decision]) continue;
                var indices = genotype.Indices.ToArray();
                indices[decision] = option;
                var normal = space.Normalize(indices);
                if (space.Allows(normal)) yield return normal;
            }
        }
    }

    private static int[] Active(SearchSpace space, Genotype genotype) =>
        [.. Enumerable.Range(0, space.Decisions.Length).Where(decision => space.IsActive(genotype, decision))];
}
