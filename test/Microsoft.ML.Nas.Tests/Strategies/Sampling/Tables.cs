using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Tests.Strategies.Sampling;

/// <summary>Made-up tables of results over spaces of different kinds.</summary>
internal static class Tables
{
    public static readonly Dictionary<string, Func<SearchSpace>> Spaces = new()
    {
        ["table space"] = static () => SearchSpaces.Tabular(),
        ["cell space"] = static () => new("cells", new Chain(new Linear(8), Cell.Dense("cell", [new Chain()], 3, static (_, _) =>
            [("none", new Zero()), ("skip", new Identity()), ("relu", new Relu()), ("silu", new Silu())])), new Shape(2)),
        ["conditional space"] = static () => new("conditional", new Chain(new Linear(8), new Repeat("blocks", new Choice("block",
            ("plain", new Identity()),
            ("active", new Chain(new Linear(Setting.OneOf("units", 8, 16, 32)), new Choice("activation", ("relu", new Relu()), ("silu", new Silu()), ("gelu", new Gelu())), new Linear(8)))), 0, 4)), new Shape(2)),
    };

    /// <summary>
    /// Accuracies that have what real tables have: decisions that matter more or less, pairs that go well together, and noise.
    /// A lower fidelity has more noise and takes its share of the seconds.
    /// </summary>
    public static TabularBenchmark Of(SearchSpace space, Func<Genotype, double, TabularEntry, TabularEntry?>? change = null) => new("made up", space, SearchMetric.Accuracy, (genotype, fidelity) =>
    {
        var sum = 0.0;
        var last = 0;
        for (var decision = 0; decision < space.Decisions.Length; decision++)
        {
            if (!space.IsActive(genotype, decision)) continue;
            sum += Chance("option", decision * 100 + genotype[decision]) + 0.5 * Chance("pair", (decision * 100 + genotype[decision]) * 10 + last);
            last = genotype[decision];
        }
        var code = genotype.Indices.Aggregate(17, static (hash, index) => unchecked(hash * 31 + index));
        var accuracy = 1 / (1 + Math.Exp(-sum / Math.Sqrt(space.Decisions.Length))) + 0.005 * Chance("noise", code) + 0.02 * (1 - fidelity) * Chance("early", code);
        var entry = new TabularEntry(accuracy, (50 + 50 * Math.Abs(Chance("time", code))) * fidelity, new(1000 + (code & 0xFFF), 2000 + (code & 0xFFFF), 100));
        return change is null ? entry : change(genotype, fidelity, entry);
    });

    /// <summary>A number between -1 and 1.</summary>
    private static double Chance(string what, int index) => Seeds.Derive(7, what, index) / (double)int.MaxValue * 2 - 1;
}
