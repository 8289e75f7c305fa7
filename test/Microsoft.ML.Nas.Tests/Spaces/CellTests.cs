using System.Numerics;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class CellTests
{
    [TestMethod]
    public void A_cell_that_keeps_every_edge_has_a_decision_an_edge()
    {
        var space = CellSpaces.EveryEdge();
        CollectionAssert.AreEqual(new[] { "cell.1<-0", "cell.2<-0", "cell.2<-1", "cell.3<-0", "cell.3<-1", "cell.3<-2" }, space.Decisions.Select(static decision => decision.Name).ToArray());
        Assert.AreEqual(BigInteger.Pow(3, 6), space.Size);
    }

    /// <summary>The product over nodes k of (k + 1) k / 2 × operations², for each kind of cell (Liu 2019, section 4.1).</summary>
    [TestMethod]
    public void A_cell_that_keeps_two_edges_has_the_size_of_the_paper()
    {
        Assert.AreEqual(BigInteger.Pow(1 * 3 * 6 * BigInteger.Pow(9, 3), 2), CellSpaces.BestTwo().Size);
        var darts = new SearchSpace("darts", new CellStack(new Linear(2), Cell.Dense("normal", [new Chain(), new Chain()], 4,
            static (_, _) => [.. Enumerable.Range(0, 7).Select(static option => ($"o{option}", (Block)new Chain(Enumerable.Repeat<Block>(new Relu(), option).ToArray())))]) with { EdgesPerNode = 2 }), new Shape(2));
        Assert.AreEqual(1_037_664_180, (long)darts.Size);
    }

    [TestMethod]
    public void Equal_genotypes_and_equal_networks_are_the_same_thing()
    {
        foreach (var space in new[] { CellSpaces.BestTwo(nodes: 2), CellSpaces.EveryEdge(nodes: 2) })
        {
            var random = new Random(1);
            var drawn = Enumerable.Range(0, 2000).Select(_ => space.Sample(random)).ToHashSet();
            Assert.AreEqual(drawn.Count, drawn.Select(genotype => space.Resolve(genotype).Tree).Distinct().Count(), space.Name);
        }
    }

    [TestMethod]
    public void An_architecture_keeps_two_edges_a_node()
    {
        var space = CellSpaces.BestTwo();
        var stack = (CellStack)space.Resolve(space.Sample(new Random(3))).Tree;
        foreach (var cell in stack.Cells)
        {
            CollectionAssert.AreEqual(new[] { 2, 2, 3, 3, 4, 4 }, cell.Edges.Select(static edge => edge.To).ToArray());
            Assert.IsTrue(cell.Edges.All(static edge => edge.Label is "skip" or "linear" or "silu"));
        }
        Assert.AreEqual(6 * 3, stack.Cells.Sum(static cell => cell.Edges.Length));
    }

    /// <summary>The derivation of DARTS: "none" never, and the two edges whose best operation is strongest.</summary>
    [TestMethod]
    public void Derivation_keeps_the_strongest_edges_without_none()
    {
        var space = CellSpaces.BestTwo();
        var weights = space.Decisions.Select(static decision => decision.Kind == DecisionKind.Topology ? null : new[] { 0.2f, 0.1f, 0.1f, 0.6f }).ToArray();
        Set("normal.4<-1", 0.1f, 0.7f, 0.1f, 0.1f);
        Set("normal.4<-3", 0.1f, 0.1f, 0.3f, 0.5f);
        var architecture = space.Resolve(space.Derive(weights));
        var taken = new Dictionary<string, string>(architecture.Decisions);
        Assert.AreEqual("1+3", taken["normal.4.inputs"]);
        Assert.AreEqual("linear", taken["normal.4<-1"]);
        Assert.AreEqual("silu", taken["normal.4<-3"]);
        Assert.AreEqual("0+1", taken["normal.3.inputs"], "The first of equally strong edges.");
        Assert.AreEqual("skip", taken["normal.2<-0"]);
        Assert.IsFalse(taken.ContainsKey("normal.4<-0"));

        void Set(string decision, params float[] values) => weights[space.IndexOf(decision)] = values;
    }

    [TestMethod]
    public void Draws_follow_the_weights()
    {
        var space = CellSpaces.EveryEdge();
        var weights = space.Decisions.Select(static _ => new[] { 0f, 0.25f, 0.75f }).ToArray();
        var random = new Random(1);
        var share = Enumerable.Range(0, 2000).Average(_ => space.Draw(weights, random).Indices.Average(static option => option == 2 ? 1.0 : 0));
        Assert.AreEqual(0.75, share, 0.02);
    }

    [TestMethod]
    public void Weights_that_do_not_belong_to_the_space_are_refused()
    {
        var space = CellSpaces.EveryEdge();
        Assert.ThrowsExactly<ArgumentException>(() => space.Derive([[1f]]));
        var weights = space.Decisions.Select(static _ => new[] { 1f, 0f, 0f }).ToArray();
        weights[2] = [1, 0];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => space.Derive(weights)).Message, "cell.2<-1");
        weights[2] = [1, 0, -1];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => space.Derive(weights)).Message, "-1");
    }

    [TestMethod]
    [DataRow(2, 1, "cycle")]
    [DataRow(1, 1, "cycle")]
    [DataRow(0, 3, "Node 2")]
    [DataRow(-1, 1, "counted from 0")]
    public void An_impossible_cell_is_refused(int from, int to, string expected) => StringAssert.Contains(
        Assert.ThrowsExactly<SearchSpaceException>(() => new Cell("bad", [new Chain()], new(0, 1, new Relu()), new(from, to, new Relu()))).Message, expected);

    [TestMethod]
    public void A_cell_with_no_node_three_inputs_or_doubled_edges_is_refused()
    {
        Assert.ThrowsExactly<SearchSpaceException>(() => new Cell("bad", [new Chain()]));
        Assert.ThrowsExactly<SearchSpaceException>(() => new Cell("bad", [new Chain(), new Chain(), new Chain()], new CellEdge(0, 3, new Relu())));
        Assert.ThrowsExactly<SearchSpaceException>(() => new Cell("bad", [new Chain()], new(0, 1, new Relu()), new(0, 1, new Silu())));
        Assert.ThrowsExactly<SearchSpaceException>(() => new Cell("bad", [new Chain(), new Chain()], new CellEdge(0, 1, new Relu())));
        Assert.ThrowsExactly<SearchSpaceException>(() => new Cell("bad", [new Chain()], new CellEdge(0, 1, new Relu())) { EdgesPerNode = 2 });
    }

    [TestMethod]
    public void A_cell_of_two_inputs_outside_a_stack_is_refused() => StringAssert.Contains(
        Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad", CellSpaces.Kept("normal", 4, 2), CellSpaces.Input)).Message, "CellStack");

    [TestMethod]
    public void Options_of_an_edge_that_differ_in_shape_are_refused_by_name()
    {
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad",
            Cell.Dense("cell", [new Chain()], 1, static (_, _) => [("same", new Identity()), ("wider", new Linear(9))]), new Shape(4)));
        StringAssert.Contains(error.Message, "'cell.1<-0'");
        StringAssert.Contains(error.Message, "[9]");
    }

    [TestMethod]
    public void Edges_into_a_node_that_differ_in_shape_are_refused()
    {
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad",
            new Cell("cell", [new Chain()], new(0, 1, new Linear(4)), new(0, 2, new Linear(5)), new(1, 2, new Linear(6))), new Shape(4)));
        StringAssert.Contains(error.Message, "Node 2");
        StringAssert.Contains(error.Message, "[6]");
    }

    [TestMethod]
    public void Cells_of_one_name_with_different_options_are_refused()
    {
        var error = Assert.ThrowsExactly<SearchSpaceException>(() => new SearchSpace("bad", new Chain(
            Cell.Dense("cell", [new Chain()], 1, static (_, _) => [("a", new Relu()), ("b", new Silu())]),
            Cell.Dense("cell", [new Chain()], 1, static (_, _) => [("a", new Relu()), ("c", new Silu())])), new Shape(4)));
        StringAssert.Contains(error.Message, "'cell.1<-0'");
    }

    [TestMethod]
    public void The_hash_tells_spaces_apart_and_stays_the_same()
    {
        Assert.AreEqual(CellSpaces.BestTwo().Hash, CellSpaces.BestTwo().Hash);
        Assert.AreEqual(SearchSpaces.Tabular().Hash, SearchSpaces.Tabular().Hash);
        var hashes = new[] { CellSpaces.BestTwo(), CellSpaces.BestTwo(2), CellSpaces.EveryEdge(), SearchSpaces.Tabular(), SearchSpaces.Tabular(widths: [64]), SearchSpaces.Tabular(maxBlocks: 2) }
            .Select(static space => space.Hash).ToArray();
        Assert.AreEqual(hashes.Length, hashes.Distinct().Count());
        Assert.IsTrue(hashes.All(static hash => hash.Length == 16));
    }
}
