namespace Microsoft.ML.Nas.Spaces;

/// <summary>How a probability for every option becomes an architecture.</summary>
internal static class Relaxation
{
    private const int MaxDraws = 2000;
    private const int ComparedDraws = 200;

    /// <summary>
    /// The strongest option of every decision; of the edges of a node that keeps only some, the strongest. Where the constraints forbid
    /// that, the likeliest allowed one of many draws.
    /// </summary>
    public static Genotype Derive(SearchSpace space, IReadOnlyList<float[]?> probabilities)
    {
        Check(space, probabilities);
        var strengths = Strengths(space, probabilities);
        var strongest = Pick(space, strengths, static weights => Array.IndexOf(weights, weights.Max()));
        if (space.Allows(strongest)) return strongest;
        var random = new Random(0);
        return Enumerable.Range(0, ComparedDraws).Select(_ => Pick(space, strengths, weights => Draw(weights, random))).Where(space.Allows)
            .MaxBy(genotype => LogStrength(space, genotype, strengths)) ?? space.Sample(random);
    }

    /// <summary>Every decision drawn by its probabilities, among the architectures that the constraints allow.</summary>
    public static Genotype Draw(SearchSpace space, IReadOnlyList<float[]?> probabilities, Random random)
    {
        Check(space, probabilities);
        var strengths = Strengths(space, probabilities);
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var genotype = Pick(space, strengths, weights => Draw(weights, random));
            if (space.Allows(genotype)) return genotype;
        }
        return space.Sample(random);
    }

    private static Genotype Pick(SearchSpace space, double[]?[] strengths, Func<double[], int> pick) =>
        space.Normalize([.. strengths.Select(weights => weights is null ? 0 : pick(weights))]);

    private static double LogStrength(SearchSpace space, Genotype genotype, double[]?[] strengths) => Enumerable.Range(0, strengths.Length)
        .Where(decision => strengths[decision] is not null && space.IsActive(genotype, decision))
        .Sum(decision => Math.Log(Math.Max(1e-30, strengths[decision]![genotype[decision]])));

    private static double[]?[] Strengths(SearchSpace space, IReadOnlyList<float[]?> probabilities) =>
        [.. Enumerable.Range(0, space.Decisions.Length).Select(decision => Strengths(space, probabilities, decision))];

    /// <summary>How strong each option is, "none" left out; null where nothing is known of them.</summary>
    private static double[]? Strengths(SearchSpace space, IReadOnlyList<float[]?> probabilities, int decision)
    {
        var (name, count, _, kind, _) = space.Decisions[decision];
        if (Known(probabilities[decision]) is { } given) return [.. given.Take(count).Select(static value => (double)value)];
        if (kind != DecisionKind.Topology) return null;
        // What each edge's strongest operation has, summed over the edges that an option keeps, is largest for the strongest edges.
        var strengths = new double[count];
        for (var child = decision + 1; child < space.Decisions.Length; child++)
        {
            if (space.Decisions[child].Condition is not { } condition || condition.Decision != decision || Known(probabilities[child]) is not { } edge) continue;
            var strength = edge.Take(space.Decisions[child].Count).Max();
            foreach (var option in condition.Options) strengths[option] += strength;
        }
        return strengths;
    }

    /// <summary>Weights of a supernet that diverged say nothing.</summary>
    private static float[]? Known(float[]? probabilities) => probabilities is not null && probabilities.All(float.IsFinite) ? probabilities : null;

    private static int Draw(double[] weights, Random random)
    {
        var sum = weights.Sum();
        if (sum <= 0) return random.Next(weights.Length);
        var position = random.NextDouble() * sum;
        for (var option = 0; option < weights.Length; option++)
            if ((position -= weights[option]) < 0) return option;
        return weights.Length - 1;
    }

    private static void Check(SearchSpace space, IReadOnlyList<float[]?> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count != space.Decisions.Length)
            throw new ArgumentException($"Space '{space.Name}' has {space.Decisions.Length} decisions; probabilities of {probabilities.Count} were given.", nameof(probabilities));
        for (var i = 0; i < probabilities.Count; i++)
        {
            if (probabilities[i] is not { } values) continue;
            var decision = space.Decisions[i];
            if (values.Length != decision.Count && values.Length != decision.MixedCount)
                throw new ArgumentException($"Decision '{decision.Name}' has {decision.Count} options; {values.Length} probabilities were given.", nameof(probabilities));
            if (values.Any(static value => value < 0))
                throw new ArgumentException($"Decision '{decision.Name}' was given a probability below 0: {string.Join(", ", values)}.", nameof(probabilities));
        }
    }
}
