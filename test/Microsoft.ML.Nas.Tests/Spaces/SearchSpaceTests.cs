using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class SearchSpaceTests
{
    private static readonly Shape Eight = new(8);

    [TestMethod]
    public void Size_is_the_number_of_different_architectures()
    {
        foreach (var space in SmallSpaces())
        {
            var all = AllIndices(space).Select(indices => space.Normalize(indices)).ToHashSet();
            Assert.AreEqual(all.Count, (int)space.Size, space.Name);
            Assert.AreEqual(all.Count, all.Select(genotype => space.Resolve(genotype).Tree).Distinct().Count(), "Equal networks must have equal genotypes: " + space.Name);
            Assert.AreEqual(all.Count, all.Select(genotype => space.Resolve(genotype).Id).Distinct().Count(), space.Name);
        }
    }

    [TestMethod]
    public void The_tabular_space_has_more_than_a_million_architectures() =>
        Assert.IsTrue(SearchSpaces.Tabular().Size > 1_000_000);

    [TestMethod]
    public void Samples_mutants_and_neighbours_stay_normal_and_inside()
    {
        var space = SearchSpaces.Tabular();
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var genotype = space.Sample(random);
            Assert.AreEqual(genotype, space.Normalize(genotype.Indices.AsSpan()));
            var mutant = space.Mutate(genotype, random);
            Assert.AreEqual(mutant, space.Normalize(mutant.Indices.AsSpan()));
            Assert.AreNotEqual(genotype, mutant);
            CollectionAssert.Contains(space.Neighbours(genotype).ToList(), mutant);
        }
    }

    [TestMethod]
    public void Neighbours_change_each_active_decision_to_each_other_option()
    {
        var space = SearchSpaces.Tabular();
        var genotype = space.Sample(new Random(2));
        var expected = Enumerable.Range(0, space.Decisions.Length).Where(decision => space.IsActive(genotype, decision)).Sum(decision => space.Decisions[decision].Count - 1);
        Assert.AreEqual(expected, space.Neighbours(genotype).Distinct().Count());
    }

    [TestMethod]
    public void An_option_that_does_not_fit_fails_at_construction_and_is_named()
    {
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad",
            new Choice("stem", ("fits", new Linear(4)), ("table only", new StandardizedEncoding())), Eight));
        StringAssert.Contains(error.Message, "'stem'");
        StringAssert.Contains(error.Message, "'table only'");
        StringAssert.Contains(error.Message, "[8]");
    }

    [TestMethod]
    public void A_residual_body_that_changes_its_input_is_refused()
    {
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad",
            new Choice("block", ("plain", new Relu()), ("residual", new Residual(new Linear(4)))), Eight));
        StringAssert.Contains(error.Message, "'residual'");
        StringAssert.Contains(error.Message, "[4]");
    }

    [TestMethod]
    public void A_shared_setting_ties_a_residual_body_to_its_surroundings()
    {
        var width = Setting.Shared("width", 4, 16);
        var space = new SearchSpace("tied", new Chain(new Linear(width), new Residual(new Linear(width))), Eight);
        Assert.AreEqual(2, (int)space.Size);
    }

    [TestMethod]
    public void A_shared_setting_that_matters_only_sometimes_is_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new SearchSpace("bad",
            new Choice("block", ("a", new Linear(Setting.Shared("width", 4, 8))), ("b", new Relu())), Eight));
        StringAssert.Contains(error.Message, "'width'");
    }

    [TestMethod]
    public void Indices_and_labels_that_do_not_exist_are_refused_by_name()
    {
        var space = SearchSpaces.Tabular();
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => space.Parse(new Dictionary<string, string> { ["width"] = "63" })).Message, "'63'");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => space.Parse(new Dictionary<string, string> { ["breadth"] = "64" })).Message, "'breadth'");
        Assert.ThrowsExactly<ArgumentException>(() => space.Normalize([1, 2]));
    }

    [TestMethod]
    public void Labels_round_trip_through_an_architecture()
    {
        var space = SearchSpaces.Tabular();
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var architecture = space.Resolve(space.Sample(random));
            Assert.AreEqual(architecture.Genotype, space.Parse(new Dictionary<string, string>(architecture.Decisions)));
        }
    }

    private static IEnumerable<SearchSpace> SmallSpaces()
    {
        var activation = new Choice("activation", ("relu", new Relu()), ("gelu", new Gelu()));
        yield return new("chain", new Chain(new Linear(Setting.OneOf("units", 4, 8, 16)), activation), Eight);
        yield return new("own", new Repeat("blocks", new Chain(new Linear(8), activation), 0, 3), Eight);
        yield return new("shared decisions", new Repeat("blocks", new Chain(new Linear(8), activation), 1, 3) { ShareDecisions = true }, Eight);
        yield return new("nested", new Choice("outer",
            ("deep", new Repeat("blocks", new Chain(new Linear(Setting.OneOf("units", 8, 4)), activation), 1, 2)),
            ("flat", new Linear(Setting.OneOf("units", 2, 3)))), Eight);
        yield return new("width", new Chain(new Linear(Setting.Shared("width", 4, 8)), new Repeat("blocks", new Linear(Setting.Shared("width", 4, 8)), 0, 1)), Eight);
    }

    private static IEnumerable<int[]> AllIndices(SearchSpace space)
    {
        var total = space.Decisions.Aggregate(1, (product, decision) => product * decision.Count);
        for (var combination = 0; combination < total; combination++)
        {
            var rest = combination;
            var indices = new int[space.Decisions.Length];
            for (var i = 0; i < indices.Length; i++) (indices[i], rest) = (rest % space.Decisions[i].Count, rest / space.Decisions[i].Count);
            yield return indices;
        }
    }
}
