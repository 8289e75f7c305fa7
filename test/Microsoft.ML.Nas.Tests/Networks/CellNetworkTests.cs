using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Tests.Operations;
using Microsoft.ML.Nas.Tests.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Networks;

[TestClass]
public sealed class CellNetworkTests
{
    [TestMethod]
    public void Shape_parameters_and_onnx_of_cells_are_what_they_are_said_to_be()
    {
        foreach (var space in new[] { CellSpaces.EveryEdge(), CellSpaces.BestTwo() })
        {
            var random = new Random(1);
            for (var i = 0; i < 10; i++)
            {
                using var scope = NewDisposeScope();
                var tree = space.Resolve(space.Sample(random)).Tree;
                using var network = new Network(tree, CellSpaces.Input, 2);
                network.eval();
                Assert.AreEqual(network.parameters().Sum(static parameter => parameter.numel()), network.Cost.Parameters);
                var rows = randn(5, 3);
                var graph = new GraphBuilder("cells");
                graph.Output("y", network.Emit(graph, graph.Input("x", ElementType.Float, ["N", 3])));
                using var session = new OnnxSession(graph.Build());
                var expected = network.call(rows).detach().data<float>().ToArray();
                var actual = OnnxRuns.Single(session, rows.data<float>().ToArray(), [5, 3]);
                for (var value = 0; value < expected.Length; value++) Assert.AreEqual(expected[value], actual[value], 1e-5 * Math.Max(1, Math.Abs(expected[value])));
            }
        }
    }

    [TestMethod]
    public void None_adds_nothing_to_a_node()
    {
        var passes = new Cell("passes", [new Chain()],
            new(0, 1, new Op(new Identity())),
            new(0, 2, new Op(new Zero())), new(1, 2, new Op(new Tanh())),
            new(0, 3, new Op(new Zero())), new(1, 3, new Op(new Identity())), new(2, 3, new Op(new Zero())));
        var blocks = new Cell("blocks", [new Chain()], new(0, 1, new Op(new Zero())), new(0, 2, new Op(new Zero())), new(1, 2, new Op(new Zero())));
        using var scope = NewDisposeScope();
        var rows = randn(5, 3);
        AssertComputes(passes, rows, rows);
        AssertComputes(blocks, rows, rows * 0);

        static void AssertComputes(Cell cell, Tensor rows, Tensor expected)
        {
            manual_seed(1);
            using var network = new Network(cell, CellSpaces.Input, 2);
            manual_seed(1);
            using var head = new Network(new Chain(), CellSpaces.Input, 2);
            Assert.AreEqual(0f, (network.call(rows) - head.call(expected)).abs().max().item<float>());
        }
    }

    [TestMethod]
    public void One_hot_weights_compute_what_the_path_computes()
    {
        foreach (var space in new[] { CellSpaces.EveryEdge(), CellSpaces.BestTwo() })
        {
            using var scope = NewDisposeScope();
            manual_seed(1);
            using var supernet = new Supernet(space, CellSpaces.Input, 2);
            var rows = randn(5, 3);
            var random = new Random(1);
            for (var i = 0; i < 20; i++)
            {
                var genotype = space.Sample(random);
                var weights = space.Decisions.Select((decision, index) => (Tensor?)eye(decision.MixedCount).select(0, genotype[index]));
                var path = supernet.call(rows, Mixture.Path(genotype));
                var mixed = supernet.call(rows, Mixture.Weighted([.. weights], genotype));
                Assert.IsLessThan(1e-5, (path - mixed).abs().max().item<float>(), space.Resolve(genotype).ToString());
            }
        }
    }

    /// <summary>As in DARTS, whose search network sums all edges of a node.</summary>
    [TestMethod]
    public void Mixed_operations_run_on_every_edge()
    {
        using var scope = NewDisposeScope();
        var space = CellSpaces.BestTwo();
        using var supernet = new Supernet(space, CellSpaces.Input, 2);
        var weights = space.Decisions.Select(static decision => decision.Kind == DecisionKind.Topology ? null : full(decision.MixedCount, 1f / decision.MixedCount).requires_grad_()).ToArray();
        (supernet.call(randn(5, 3), Mixture.Weighted(weights, space.Default)) * randn(5, 1, 2)).sum().backward();
        for (var decision = 0; decision < weights.Length; decision++)
            if (weights[decision] is { } weight)
                Assert.IsGreaterThan(0, weight.grad!.narrow(0, 0, space.Decisions[decision].Count).abs().min().item<float>(), space.Decisions[decision].Name);
        Assert.IsTrue(supernet.parameters().All(static parameter => parameter.grad is not null));
    }

    [TestMethod]
    public void Weights_of_none_only_take_from_the_others()
    {
        using var scope = NewDisposeScope();
        var space = new SearchSpace("node", new CellStack(new Chain(), CellSpaces.Kept("normal", 4, 1)), CellSpaces.Input);
        using var supernet = new Supernet(space, CellSpaces.Input, 2);
        var rows = randn(5, 3);
        var none = supernet.call(rows, With(0, 0, 0, 1));
        var half = supernet.call(rows, With(0, 0.5f, 0, 0.5f));
        var full = supernet.call(rows, With(0, 1, 0, 0));
        Assert.IsLessThan(1e-5, ((none + full) / 2 - half).abs().max().item<float>());

        Mixture With(params float[] values) => Mixture.Weighted([.. space.Decisions.Select(_ => tensor(values))], space.Default);
    }
}
