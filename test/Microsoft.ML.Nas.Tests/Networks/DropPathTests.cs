using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Networks;

/// <summary>The paths of cells, dropped while a found network trains.</summary>
[TestClass]
public sealed class DropPathTests
{
    private const float Rate = 0.4f;

    /// <summary>Node 1 is relu(x); node 2 is x + relu(node 1).</summary>
    private static readonly Cell TwoPaths = new("cell", [new Identity()], new CellEdge(0, 1, new Relu()), new CellEdge(0, 2, new Identity()), new CellEdge(1, 2, new Relu())) { DropPath = Rate };

    [TestMethod]
    public void Operations_are_dropped_for_whole_examples_and_identities_never()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const int rows = 5_000;
        using var module = BlockModule.Create(TwoPaths, new Shape(3)).Module;
        module.train();
        var outputs = module.call(ones(rows, 3)).data<float>().ToArray().Chunk(3).ToArray();
        Assert.IsTrue(outputs.All(static row => row[0] == row[1] && row[1] == row[2]));
        var kept = outputs.Count(static row => row[0] > 1);
        var whole = 1 + 1 / ((1 - Rate) * (1 - Rate));
        Assert.IsTrue(outputs.All(row => row[0] == 1 || Math.Abs(row[0] - whole) < 1e-5), string.Join(' ', outputs.Select(static row => row[0]).Distinct()));
        var (share, error) = ((1 - Rate) * (1 - Rate), Math.Sqrt(0.25 / rows));
        Assert.AreEqual(share, kept / (double)rows, 4 * error);

        module.eval();
        Assert.IsTrue(module.call(ones(2, 3)).data<float>().ToArray().All(static value => value == 2));
    }

    [TestMethod]
    public void Nothing_is_dropped_in_the_first_epoch_and_more_in_each_later_one()
    {
        using var split = TestData.Xor();
        CollectionAssert.AreEqual(Weights(TwoPaths, epochs: 1), Weights(TwoPaths with { DropPath = 0 }, epochs: 1));
        CollectionAssert.AreNotEqual(Weights(TwoPaths, epochs: 2), Weights(TwoPaths with { DropPath = 0 }, epochs: 2));

        float[] Weights(Cell cell, int epochs)
        {
            manual_seed(1);
            using var network = new Network(new Chain(new Linear(4), cell), split.Input, 1);
            new Trainer(new() { BatchSize = 64, Epochs = epochs, Patience = epochs }).Train(network, split, seed: 1, CancellationToken.None);
            Assert.AreEqual((epochs - 1.0) / epochs, network.modules().OfType<CellModule>().First().Progress);
            return [.. network.parameters().SelectMany(static parameter => parameter.ToFloats())];
        }
    }

    [TestMethod]
    public void Supernets_and_files_of_the_darts_space_know_nothing_of_it()
    {
        using var scope = NewDisposeScope();
        SearchSpace plain = Space(0), dropping = Space(0.2f);
        Assert.AreNotEqual(plain.Hash, dropping.Hash);
        CollectionAssert.AreEqual(Onnx(plain), Onnx(dropping));

        var mixture = Mixture.Path(plain.Normalize(new int[plain.Decisions.Length]));
        CollectionAssert.AreEqual(Supernet(plain), Supernet(dropping));
        var refused = Assert.ThrowsExactly<SearchSpaceException>(() => Space(1));
        StringAssert.Contains(refused.Message, "1");

        float[] Supernet(SearchSpace space)
        {
            manual_seed(1);
            using var supernet = new Supernet(space, new Shape(3, 8, 8), 2);
            supernet.train();
            return supernet.call(randn(2, 3, 8, 8), mixture).ToFloats();
        }

        static byte[] Onnx(SearchSpace space)
        {
            manual_seed(1);
            using var network = new Network(space.Resolve(space.Parse(DartsGenotypes.V1)).Tree, new Shape(3, 8, 8), 2);
            var graph = new GraphBuilder("network");
            graph.Output("y", network.Emit(graph, graph.Input("x", ElementType.Float, "N", 3, 8, 8)));
            return graph.Build().ToBytes();
        }

        static SearchSpace Space(float dropPath) => SearchSpaces.DartsCells(channels: 2, cells: 3, exampleInput: new Shape(3, 8, 8), dropPath: dropPath);
    }
}
