using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class ConstraintTests
{
    [TestMethod]
    public void Samples_mutants_neighbours_and_derivations_stay_inside_the_constraints()
    {
        foreach (var space in Constrained())
        {
            var random = new Random(1);
            Assert.IsTrue(space.Starts.All(space.Allows));
            for (var i = 0; i < 20; i++)
            {
                var genotype = space.Sample(random);
                var probabilities = space.Decisions.Select(decision => Enumerable.Range(0, decision.Count).Select(_ => random.NextSingle()).ToArray()).ToArray();
                foreach (var drawn in new[] { genotype, space.Mutate(genotype, random), space.Draw(probabilities, random), space.Derive(probabilities) })
                    Assert.IsTrue(space.Allows(drawn), $"{space.Name}: {space.Resolve(drawn)}");
                Assert.IsTrue(space.Neighbours(genotype).All(space.Allows));
            }
        }
    }

    [TestMethod]
    public void Cost_limits_are_those_of_the_network()
    {
        var space = CellSpaces.EveryEdge();
        var limited = space.WithMaxCost(parameters: 120, macs: 150);
        var random = new Random(2);
        var allowed = 0;
        for (var i = 0; i < 300; i++)
        {
            var genotype = space.Sample(random);
            var cost = space.Resolve(genotype).CostOn(space.Input);
            Assert.AreEqual(cost.Parameters <= 120 && cost.Macs <= 150, limited.Allows(genotype));
            if (limited.Allows(genotype)) allowed++;
        }
        Assert.IsTrue(allowed is > 0 and < 300);
    }

    [TestMethod]
    public void Costs_are_limited_on_the_input_that_is_searched()
    {
        var space = new SearchSpace("units", new Linear(Setting.OneOf("units", 1, 10)), new Shape(4)).WithMaxCost(macs: 40);
        var wide = space.Parse(new Dictionary<string, string> { ["units"] = "10" });
        Assert.IsTrue(space.Allows(wide));
        Assert.IsFalse(space.WithInput(new Shape(5)).Allows(wide));
    }

    [TestMethod]
    public void Constraints_that_allow_nothing_are_refused_by_name()
    {
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => CellSpaces.EveryEdge().Where(architecture => architecture.Decisions.Count() > 1000));
        StringAssert.Contains(error.Message, "architecture.Decisions.Count() > 1000");
        StringAssert.Contains(Assert.ThrowsExactly<SearchSpaceException>(() => CellSpaces.EveryEdge().WithMaxCost(parameters: 3)).Message, "parameters <= 3");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CellSpaces.EveryEdge().WithMaxCost(macs: -1));
    }

    [TestMethod]
    public void Constraints_are_part_of_the_hash()
    {
        var space = CellSpaces.EveryEdge();
        var hashes = new[] { space, space.WithMaxCost(macs: 200), space.WithMaxCost(macs: 300), space.Where(static _ => true), space.Where(static _ => true, "other") }.Select(static space => space.Hash);
        Assert.AreEqual(5, hashes.Distinct().Count());
        Assert.AreEqual(space.WithMaxCost(macs: 200).Hash, CellSpaces.EveryEdge().WithMaxCost(macs: 200).Hash);
    }

    [TestMethod]
    public void A_space_stands_inside_another_with_settings_of_its_own()
    {
        var inner = new SearchSpace("inner", new Chain(new Linear(Setting.Shared("width", 2, 4)), new Relu(), new Linear(Setting.Shared("width", 2, 4))), new Shape(3));
        var outer = new SearchSpace("outer", new Chain(
            new Linear(Setting.Shared("width", 5, 6)),
            new Choice("body", ("first", inner.AsBlock("a")), ("second", inner.AsBlock("b")), ("none", new Chain()))), new Shape(3));
        CollectionAssert.AreEqual(new[] { "width", "body", "body.first.a.width", "body.second.b.width" }, outer.Decisions.Select(static decision => decision.Name).ToArray());
        Assert.AreEqual(2 * (2 + 2 + 1), (int)outer.Size);
        StringAssert.Contains(Assert.ThrowsExactly<SearchSpaceException>(() => inner.Where(static _ => true, "limit").AsBlock("a")).Message, "limit");
    }

    [TestMethod]
    public void Branches_that_do_not_fit_are_refused()
    {
        Assert.ThrowsExactly<SearchSpaceException>(() => new Branches(Merge.Sum, new Relu()));
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad", new Branches(Merge.Sum, new Linear(2), new Linear(3)), new Shape(3)));
        StringAssert.Contains(error.Message, "[2]");
        StringAssert.Contains(error.Message, "[3]");
        Assert.AreEqual(5, new SearchSpace("joined", new Branches(Merge.Concatenation, new Linear(2), new Linear(3)), new Shape(3)).Resolve(new SearchSpace("joined", new Branches(Merge.Concatenation, new Linear(2), new Linear(3)), new Shape(3)).Default).Measure(new Shape(3)).Output.Features);
    }

    private static IEnumerable<SearchSpace> Constrained()
    {
        yield return SearchSpaces.Tabular().Where(static architecture => !architecture.Decisions.Any(static pair => pair.Key == "output" && pair.Value == "plain"));
        yield return SearchSpaces.Tabular().WithMaxCost(macs: 100_000);
        yield return CellSpaces.BestTwo().WithMaxCost(parameters: 800);
    }
}
