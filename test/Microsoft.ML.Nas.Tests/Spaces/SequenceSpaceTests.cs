using System.Numerics;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Tests.Operations;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Spaces;

/// <summary>The spaces for texts, labelled tokens, recurrent cells and tables as sequences: what was published of them, and that their networks are what they say.</summary>
[TestClass]
public sealed class SequenceSpaceTests
{
    private const int Outputs = 3;
    private static readonly TokenShape Tokens = new(12, 30);
    private static readonly TableShape Table = new([[-1f, 0f, 1f], [-1f, 1f]], [3, 40]);

    public static IEnumerable<object[]> Spaces =>
    [
        [SearchSpaces.Text(), Tokens], [SearchSpaces.SequenceLabeling(widths: [16]), Tokens], [SearchSpaces.DartsRnn(16), Tokens],
        [SearchSpaces.NasRlRnn(16, isPerToken: true), Tokens], [SearchSpaces.TabularTransformer(), Table],
    ];

    [TestMethod]
    public void The_recurrent_cells_of_darts_are_eight_nodes_with_four_activations_on_each_earlier_state()
    {
        // 1·4 · 2·4 · ... · 8·4
        Assert.AreEqual(new BigInteger(40320) * BigInteger.Pow(4, 8), SearchSpaces.DartsRnn().Size);
    }

    [TestMethod]
    public void The_space_of_zoph_and_le_has_six_times_ten_to_the_sixteen_cells()
    {
        // "approximately 6 × 10^16 architectures" (section 4.2): eight options for each of fifteen nodes and the injection, fifteen places twice.
        Assert.AreEqual(BigInteger.Pow(8, 16) * 15 * 15, SearchSpaces.NasRlRnn().Size);
        Assert.AreEqual(6.3e16, (double)SearchSpaces.NasRlRnn().Size, 0.05e16);
    }

    /// <summary>Table 2 of the paper: 23 M parameters with 850 units, embeddings (10,000 words) shared with the softmax, which has a bias of its own.</summary>
    [TestMethod]
    public void The_published_cells_of_darts_have_23_million_parameters_on_the_penn_treebank()
    {
        var space = SearchSpaces.DartsRnn(units: 850, isPerToken: true);
        foreach (var published in (ReadOnlySpan<IReadOnlyDictionary<string, string>>)[DartsRnnGenotypes.V1, DartsRnnGenotypes.V2])
        {
            var architecture = space.Resolve(space.Parse(published));
            var parameters = architecture.CostOn(new TokenShape(35, 10_000)).Parameters + 10_000;
            Assert.AreEqual(23, Math.Round(parameters / 1e6), architecture.ToString());
        }
    }

    /// <summary>The cell as TensorFlow's NASCell has it, written out by hand.</summary>
    [TestMethod]
    public void The_published_nas_cell_computes_what_it_was_published_as()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var space = SearchSpaces.NasRlRnn(4, isPerToken: true);
        var cell = Operation(space.Resolve(space.Parse(NasRlRnnGenotypes.NasCell)));
        using var module = cell.CreateModule(new Shape(5, 6));
        var x = randn(2, 5, 6);
        var weights = module.named_parameters().ToDictionary(static pair => pair.name, static pair => (Tensor)pair.parameter);
        var (h, c) = (zeros(2, 4), zeros(2, 4));
        var outputs = new List<Tensor>();
        for (var step = 0; step < 5; step++)
        {
            var i = x.select(1, step).matmul(weights["inputWeight"]).chunk(8, 1);
            var r = h.matmul(weights["stateWeight"]).chunk(8, 1);
            var a = ((i[0] + r[0]).sigmoid() * (i[1] + r[1]).relu()).tanh();
            var b = ((i[2] + r[2]).sigmoid() + (i[3] * r[3]).relu()).tanh();
            var d = ((i[4] + r[4]).tanh() * (i[5] + r[5]).sigmoid()).tanh();
            var e = ((i[6] + r[6]).tanh() + (i[7] + r[7]).sigmoid()).sigmoid();
            c = (a + c).tanh() * b;
            h = (c * (d + e).tanh()).tanh();
            outputs.Add(h);
        }
        Assert.IsLessThan(1e-6, (module.call(x) - stack(outputs, 1)).abs().max().item<float>());
    }

    /// <summary>DARTS_V1 as the published code computes it, written out by hand.</summary>
    [TestMethod]
    public void The_published_darts_cell_computes_what_it_was_published_as()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var space = SearchSpaces.DartsRnn(4, isPerToken: true);
        using var module = Operation(space.Resolve(space.Parse(DartsRnnGenotypes.V1))).CreateModule(new Shape(5, 6));
        (string Activation, int Input)[] nodes = [("relu", 0), ("relu", 1), ("tanh", 2), ("relu", 3), ("relu", 4), ("identity", 1), ("relu", 5), ("relu", 1)];
        var x = randn(2, 5, 6);
        var weights = module.named_parameters().ToDictionary(static pair => pair.name, static pair => (Tensor)pair.parameter);
        var w0 = cat([weights["inputWeight"], weights["stateWeight"]], 0);
        var h = zeros(2, 4);
        var outputs = new List<Tensor>();
        for (var step = 0; step < 5; step++)
        {
            var first = cat([x.select(1, step), h], 1).matmul(w0).chunk(2, 1);
            var states = new List<Tensor> { h + first[0].sigmoid() * (first[1].tanh() - h) };
            foreach (var ((activation, input), node) in nodes.Select(static (node, index) => (node, index)))
            {
                var parts = states[input].matmul(weights["nodeWeights"].select(0, node)).chunk(2, 1);
                var value = activation switch { "relu" => parts[1].relu(), "tanh" => parts[1].tanh(), _ => parts[1] };
                states.Add(states[input] + parts[0].sigmoid() * (value - states[input]));
            }
            h = stack(states[1..]).mean([0]);
            outputs.Add(h);
        }
        Assert.IsLessThan(1e-6, (module.call(x) - stack(outputs, 1)).abs().max().item<float>());
    }

    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void Networks_are_what_their_architectures_say(SearchSpace space, Shape input)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var random = new Random(1);
        Genotype[] genotypes = [.. space.Starts, .. Enumerable.Range(0, 6).Select(_ => space.Sample(random))];
        foreach (var genotype in genotypes)
        {
            var architecture = space.Resolve(genotype);
            using var network = new Network(architecture.Tree, input, Outputs);
            network.eval();
            Assert.AreEqual(network.parameters().Sum(static parameter => parameter.numel()), network.Cost.Parameters, architecture.ToString());
            var rows = Rows(input, 4);
            using var none = no_grad();
            var expected = network.call(rows);

            var graph = new GraphBuilder("network");
            graph.Output("y", network.Emit(graph, graph.Input("x", ElementType.Float, "N", input.Dimensions[0])));
            using var session = new OnnxSession(graph.Build());
            var actual = OnnxRuns.Single(session, rows.data<float>().ToArray(), rows.shape);
            var values = expected.contiguous().data<float>().ToArray();
            Assert.HasCount(values.Length, actual, architecture.ToString());
            for (var i = 0; i < values.Length; i++) Assert.AreEqual(values[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(values[i])), architecture.ToString());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void Supernets_compute_their_paths_and_mixtures(SearchSpace space, Shape input)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var supernet = new Supernet(space, input, Outputs);
        supernet.eval();
        var random = new Random(1);
        var rows = Rows(input, 3);
        using var none = no_grad();
        for (var i = 0; i < 5; i++)
        {
            var genotype = space.Sample(random);
            // Normalisation over features sees the zeros of a narrower width, so widths are left as they are.
            var weights = space.Decisions.Select((decision, index) => decision.Kind == DecisionKind.Structure && decision.Name != "width" ? OneHot(decision.Count, genotype[index]) : null);
            var path = supernet.call(rows, Mixture.Path(genotype));
            var mixed = supernet.call(rows, Mixture.Weighted([.. weights], genotype));
            Assert.IsLessThan(1e-4, (path - mixed).abs().max().item<float>(), space.Resolve(genotype).ToString());
        }
    }

    [TestMethod]
    public void The_starts_of_the_text_space_are_a_bag_of_words_a_convolution_a_recurrent_layer_and_attention()
    {
        var space = SearchSpaces.Text();
        CollectionAssert.AreEqual(
            new[] { "", "conv3", "gru", "attention" },
            space.Starts.Select(space.Resolve).Select(static start => string.Join(' ', start.Decisions.Where(static decision => decision.Key.EndsWith(".block", StringComparison.Ordinal)).Select(static decision => decision.Value))).ToArray());
    }

    [TestMethod]
    public void Widths_that_heads_cannot_share_are_refused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => SearchSpaces.Text(widths: [30])).Message, "30");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => SearchSpaces.TabularTransformer(widths: [12])).Message, "12");
    }

    private static Operation Operation(Architecture architecture) =>
        ((Chain)architecture.Tree).Blocks.OfType<Op>().Select(static op => op.Operation).Single(static operation => operation is NasRlRnnCell or DartsRnnCell);

    /// <summary>Rows with codes that are in range; texts of different lengths, the last as long as can be.</summary>
    private static Tensor Rows(Shape input, int count)
    {
        if (input is TableShape) return cat([randn(count, 2), randint(0, 3, [count, 2], dtype: ScalarType.Float32)], 1);
        var steps = arange(input.Dimensions[0]).lt((arange(count) + 1).unsqueeze(1) * input.Dimensions[0] / count);
        return randint(1, 30, [count, input.Dimensions[0]], dtype: ScalarType.Float32) * steps.to_type(ScalarType.Float32);
    }

    private static Tensor OneHot(int count, int index) => zeros(count).index_fill(0, tensor(new long[] { index }), 1);
}
