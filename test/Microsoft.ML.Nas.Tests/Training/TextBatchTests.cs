using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Tests.Operations;
using Microsoft.ML.Nas.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Training;

/// <summary>Texts are computed in batches of similar length, and what is computed does not depend on it.</summary>
[TestClass]
public sealed class TextBatchTests
{
    private const int Vocabulary = 30;
    private static readonly TokenShape Tokens = new(10, Vocabulary);

    [TestMethod]
    public void Every_row_is_in_one_batch_of_an_epoch_with_its_own_label()
    {
        using var rows = Texts(211);
        manual_seed(1);
        using var batches = new Batches(rows, 16);
        var seen = new List<int>();
        for (var batch = 0; batch < batches.Count; batch++)
        {
            using var scope = NewDisposeScope();
            var (features, labels, weights) = batches[batch];
            int[] numbers = [.. labels.data<long>().ToArray().Select(static label => (int)label)];
            Assert.IsTrue(numbers.Length is 16 or 17, $"{numbers.Length}");
            CollectionAssert.AreEqual(rows.Features.index_select(0, labels).data<int>().ToArray(), features.data<int>().ToArray());
            CollectionAssert.AreEqual(Array.ConvertAll(numbers, static number => (float)number), weights!.data<float>().ToArray());
            seen.AddRange(numbers);
        }
        CollectionAssert.AreEqual(Enumerable.Range(0, 211).ToArray(), seen.Order().ToArray());
    }

    [TestMethod]
    [DataRow(2_000)]
    [DataRow(200)]
    public void Little_of_a_batch_is_padding(int count)
    {
        using var rows = Texts(count);
        manual_seed(1);
        using var batches = new Batches(rows, 16);
        var sizes = Enumerable.Range(0, batches.Count).Select(batch => TokensOf(rows, batches, batch)).ToArray();
        Assert.IsLessThan(1.25, sizes.Sum(static size => size.Padded) / (double)sizes.Sum(static size => size.Used));
        // Short and long ones take turns.
        var longest = sizes.Select(static size => size.Longest).ToArray();
        CollectionAssert.AreNotEqual(longest.Order().ToArray(), longest);
    }

    [TestMethod]
    public void The_seed_decides_the_batches_and_no_two_epochs_have_the_same()
    {
        using var rows = Texts(200);
        var (first, second, third) = (Order(1), Order(1), Order(2));
        CollectionAssert.AreEqual(first, second);
        CollectionAssert.AreNotEqual(first, third);

        long[] Order(int seed)
        {
            manual_seed(seed);
            using var scope = NewDisposeScope();
            using var batches = new Batches(rows, 16);
            return [.. Enumerable.Range(0, batches.Count).SelectMany(batch => batches[batch].Labels.data<long>().ToArray())];
        }
    }

    public static IEnumerable<object[]> Spaces => [[SearchSpaces.Text(widths: [8, 16])], [SearchSpaces.SequenceLabeling(widths: [8, 16])], [SearchSpaces.DartsRnn(8, isPerToken: true)], [SearchSpaces.NasRlRnn(8, isPerToken: true)]];

    /// <summary>Every option of every decision is among the architectures.</summary>
    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void A_texts_answer_does_not_depend_on_the_padding_of_its_batch(SearchSpace space)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using var texts = Texts(6);
        foreach (var architecture in Covering(space))
        {
            manual_seed(1);
            using var network = new Network(architecture.Tree, Tokens, 3);
            Prepare(network);
            AssertSame(network.call, texts, architecture.ToString());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void A_supernets_answer_does_not_depend_on_the_padding_of_its_batch(SearchSpace space)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using var texts = Texts(6);
        manual_seed(1);
        using var supernet = new Supernet(space, Tokens, 3);
        Prepare(supernet);
        foreach (var architecture in Covering(space)) AssertSame(rows => supernet.call(rows, Mixture.Path(architecture.Genotype)), texts, architecture.ToString());
        var weights = space.Decisions.Select(static decision => decision.Kind == DecisionKind.Structure ? ones(decision.Count, ScalarType.Float64) / decision.Count : null).ToArray();
        AssertSame(rows => supernet.call(rows, Mixture.Weighted(weights, space.Normalize(new int[space.Decisions.Length]))), texts, "mixed");
    }

    [TestMethod]
    public void Predictions_are_in_the_order_of_the_rows()
    {
        using var scope = NewDisposeScope();
        var rows = Texts(700);
        using var split = new DataSplit(Tokens, new(LearningTask.MulticlassClassification, 3), rows, Texts(0));
        manual_seed(1);
        var space = SearchSpaces.Text(widths: [8]);
        using var network = new Network(space.Resolve(space.Starts[1]).Tree, Tokens, 3);
        var together = Predictions.Of(network, network.call, split, rows.Features).Values;
        for (var row = 0; row < rows.Count; row++)
        {
            var alone = Predictions.Of(network, network.call, split, rows.Features.narrow(0, row, 1)).Values;
            for (var output = 0; output < 3; output++) Assert.AreEqual(alone[output], together[row * 3 + output], 1e-6f);
        }
    }

    public static IEnumerable<object[]> Poolings => Enum.GetValues<SequencePooling>().SelectMany(static pooling => Enum.GetValues<PositionalEncodingKind>().Select(kind => new object[] { pooling, kind }));

    [TestMethod]
    [DynamicData(nameof(Poolings))]
    public void The_file_too_cuts_a_batch_to_its_longest_text_and_answers_the_same(SequencePooling pooling, PositionalEncodingKind kind)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using var texts = Texts(6);
        manual_seed(1);
        using var network = new Network(new Chain(new Embedding(4), new PositionalEncoding(kind), new SequencePool(pooling)), Tokens, 3);
        network.eval();
        var graph = new GraphBuilder("network");
        graph.Output("y", network.Emit(graph, graph.Input("x", ElementType.Float, "N", Tokens.Length)));
        var model = graph.Build();
        model.Check();
        using var session = new OnnxSession(model);
        foreach (var (first, count) in ((int, int)[])[(0, 6), (0, 1), (1, 1), (2, 3), (0, 0)])
        {
            var ids = texts.Features.narrow(0, first, count);
            var expected = count == 0 ? [] : network.call(ids).ToFloats();
            var actual = OnnxRuns.Single(session, ids.ToFloats(), count, Tokens.Length);
            Assert.HasCount(expected.Length, actual);
            for (var i = 0; i < actual.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-6f);
        }
    }

    /// <summary>The answers to each text alone, cut to its length, and to it beside one that fills the column.</summary>
    private static void AssertSame(Func<Tensor, Tensor> network, LabeledRows texts, string message)
    {
        var full = full_like(texts.Features.narrow(0, 0, 1), 7);
        for (var row = 0; row < texts.Count; row++)
        {
            var text = texts.Features.narrow(0, row, 1);
            var alone = network(text);
            // Where every token gets a label, those of the padding are nobody's.
            var beside = network(cat([text, full], 0)).narrow(0, 0, 1).narrow(1, 0, alone.shape[1]);
            Assert.IsLessThan(1e-12, ((alone - beside).abs() / alone.abs().clamp(1)).max().item<double>(), $"{message}, {texts.Lengths![row]} tokens");
        }
    }

    private static IEnumerable<Architecture> Covering(SearchSpace space)
    {
        var random = new Random(1);
        var missing = space.Decisions.SelectMany(static decision => Enumerable.Range(0, decision.Count).Select(option => (decision.Name, option))).ToHashSet();
        for (var tries = 0; tries < 2_000 && missing.Count > 0; tries++)
        {
            var architecture = space.Resolve(space.Sample(random));
            var before = missing.Count;
            for (var decision = 0; decision < space.Decisions.Length; decision++) missing.Remove((space.Decisions[decision].Name, architecture.Genotype[decision]));
            if (missing.Count < before) yield return architecture;
        }
        Assert.IsEmpty(missing);
    }

    /// <summary>In double precision, where rounding does not hide a difference; no parameter is left at a value that does, such as a bias of zero.</summary>
    private static void Prepare(nn.Module module)
    {
        module.to(ScalarType.Float64);
        foreach (var parameter in module.parameters()) parameter.add_(randn(parameter.shape, ScalarType.Float64) * 0.1);
        module.eval();
    }

    private static (int Used, int Padded, int Longest) TokensOf(LabeledRows rows, Batches batches, int batch)
    {
        using var scope = NewDisposeScope();
        int[] lengths = [.. batches[batch].Labels.data<long>().ToArray().Select(label => rows.Lengths![label])];
        return (lengths.Sum(), lengths.Max() * lengths.Length, lengths.Max());
    }

    /// <summary>Texts of every length, labelled and weighted with their own number.</summary>
    private static LabeledRows Texts(int count)
    {
        var random = new Random(count);
        var ids = new int[count * Tokens.Length];
        var lengths = new int[count];
        for (var row = 0; row < count; row++)
        {
            lengths[row] = row == 0 ? 0 : random.Next(Tokens.Length + 1);
            for (var token = 0; token < lengths[row]; token++) ids[row * Tokens.Length + token] = random.Next(TokenShape.Unknown, Vocabulary);
        }
        var numbers = Enumerable.Range(0, count).ToArray();
        return count == 0
            ? new(empty(0, Tokens.Length, ScalarType.Int32), empty(0, ScalarType.Int64)) { Lengths = [] }
            : new(tensor(ids, [count, Tokens.Length]), tensor(Array.ConvertAll(numbers, static n => (long)n)), tensor(Array.ConvertAll(numbers, static n => (float)n))) { Lengths = lengths };
    }
}
