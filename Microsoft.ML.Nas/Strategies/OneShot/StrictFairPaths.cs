using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Strategies.OneShot;

/// <summary>See <see cref="PathSampling.StrictFair"/>.</summary>
internal sealed class StrictFairPaths(SearchSpace space) : PathSampler(space)
{
    private readonly int _paths = space.Decisions.Where(static decision => decision.Kind != DecisionKind.Regularization).Select(static decision => decision.Count).DefaultIfEmpty(1).Max();

    public override IReadOnlyList<Genotype> Next(double progress, System.Random random)
    {
        var orders = Space.Decisions.Select(decision => Order(decision.Count, random)).ToArray();
        return [.. Enumerable.Range(0, _paths).Select(path => Path(decision => orders[decision][path]))];
    }

    /// <summary>Shuffled options, one shuffle after another, until there are enough.</summary>
    private int[] Order(int options, System.Random random)
    {
        var order = new List<int>();
        while (order.Count < _paths)
        {
            var shuffled = Enumerable.Range(0, options).ToArray();
            random.Shuffle(shuffled);
            order.AddRange(shuffled);
        }
        return [.. order.Take(_paths)];
    }
}
