namespace Microsoft.ML.Nas.Spaces;

/// <summary>How a probability for every option becomes an architecture.</summary>
internal static class Relaxation
{
    /// <summary>The strongest option of every decision; of the edges of a node that keeps only some, the strongest.</summary>
    public static Genotype Derive(SearchSpace space, IReadOnlyList<float[]?> probabilities) =>
        Pick(space, probabilities, static (weights, _) => Array.IndexOf(weights, weights.Max()), random: null);

    /// <summary>Every decision drawn by its probabilities.</summary>
    public static Genotype Draw(SearchSpace space, IReadOnlyList<float[]?> probabilities, Random random) =>
        Pick(space, probabilities, static (weights, random) => Draw(weights, random!), random);

    private static Genotype Pick(SearchSpace space, IReadOnlyList<float[]?> probabilities, Func<double[], Random?, int> pick, Random? random)
    {
        Check(space, probabilities);
        return space.Normalize([.. Enumerable.Range(0, space.Decisions.Length)
            .Select(decision => Strengths(space, probabilities, decision) is { } strengths ? pick(strengths, random) : 0)]);
    }

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
