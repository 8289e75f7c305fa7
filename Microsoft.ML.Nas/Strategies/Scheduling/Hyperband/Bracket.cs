namespace Microsoft.ML.Nas.Strategies.Scheduling.Hyperband;

/// <summary>One run of successive halving.</summary>
/// <param name="Rungs">The number of architectures at each fidelity, lowest first.</param>
internal sealed record Bracket(IReadOnlyList<(double Fidelity, int Count)> Rungs)
{
    public int Slots { get; } = Rungs.Sum(static rung => rung.Count);

    /// <summary>The bracket that begins at a fidelity.</summary>
    /// <param name="fidelities">All fidelities, lowest first.</param>
    /// <param name="first">The index of the one that it begins at.</param>
    /// <param name="count">The number of architectures that begin.</param>
    /// <param name="factor">Of so many one gets on.</param>
    public static Bracket Of(double[] fidelities, int first, double count, double factor) =>
        new([.. Enumerable.Range(first, fidelities.Length - first).Select(rung => (fidelities[rung], Math.Max(1, (int)Math.Floor(count / Math.Pow(factor, rung - first) + 1e-6))))]);
}
