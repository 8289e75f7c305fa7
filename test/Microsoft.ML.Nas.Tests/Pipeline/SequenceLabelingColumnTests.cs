using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Transforms;
using static Microsoft.ML.Nas.Tests.Pipeline.LabeledSentences;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>The columns that labels of tokens are learned from, and what is refused of them.</summary>
[TestClass]
public sealed class SequenceLabelingColumnTests
{
    [TestMethod]
    public void A_text_column_is_split_into_its_tokens()
    {
        var ml = new MLContext(1);
        var rows = Sentences(60, seed: 1).Select(static row => new Text { Review = string.Join(' ', row.Tokens) + "!", Label = [.. row.Label, "other"] }).ToArray();
        var data = ml.Data.LoadFromEnumerable(rows);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .SearchArchitecture(ml, Options()).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = pipeline.Fit(data);
        var answer = ml.Data.CreateEnumerable<Prediction>(model.Transform(data), false).First();
        Assert.HasCount(TextOptions.Tokenize(rows[0].Review).Count, answer.PredictedLabel);
        CollectionAssert.AreEqual(new[] { "It", "'", "s", "2", "€" }, TextOptions.Tokenize("It's 2€").ToArray());
    }

    /// <summary>As a text file's columns come: vectors of a fixed size, filled up with nothing, and keys that stand for themselves.</summary>
    [TestMethod]
    public void Vectors_of_a_fixed_size_and_bare_keys_are_taken_as_they_are()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(1);
        var sentences = Sentences(40, seed: 1);
        FixedSentence[] rows = [.. sentences.Select(static row => new FixedSentence
        {
            Tokens = [.. row.Tokens.Concat(Enumerable.Repeat("", 10 - row.Tokens.Length))],
            Label = [.. row.Label.Select(static label => label == "after" ? 1u : 2u).Concat(new uint[10 - row.Label.Length])],
        })];
        var data = ml.Data.LoadFromEnumerable(rows);
        using var model = ml.Nas().SearchArchitecture(Options()).Fit(data);
        var keys = ml.Data.CreateEnumerable<KeyPrediction>(model.Transform(data), false).Select(static row => row.PredictedLabel).ToArray();
        CollectionAssert.AreEqual(sentences.Select(static row => row.Tokens.Length).ToArray(), keys.Select(static row => row.Length).ToArray());
        Assert.AreEqual(sentences.Sum(static row => row.Label.Length), ml.Nas().EvaluateSequenceLabeling(model.Transform(data)).TokenCount);

        model.SaveOnnx(folder.File("keys.onnx"));
        using var session = new OnnxSession(OnnxModel.Load(folder.File("keys.onnx")));
        var answer = session.Run(new Dictionary<string, OnnxTensor> { ["Tokens"] = OnnxTensor.Create(rows[1].Tokens, 1, 10) }, "PredictedLabel")["PredictedLabel"].As<long>().Values.ToArray();
        CollectionAssert.AreEqual(keys[1].Select(static key => (long)key).Concat(new long[8 - keys[1].Length]).ToArray(), answer);
    }

    [TestMethod]
    public void Case_is_told_apart_where_it_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        foreach (var keepsCase in (bool[])[false, true])
        {
            var options = Options();
            options.Text.KeepCase = keepsCase;
            using var model = Fit(Sentences(40, seed: 1), options);
            Sentence[] texts = [new() { Tokens = ["red", "two", "four"] }, new() { Tokens = ["red", "TWO", "four"] }];
            var rows = Scored(model, texts);
            Assert.AreEqual(keepsCase, !rows[0].Score.SequenceEqual(rows[1].Score));
            model.LastTransformer.SaveOnnx(folder.File("case.onnx"));
            using var loaded = new MLContext(1).Nas().LoadOnnx(folder.File("case.onnx"));
            CollectionAssert.AreEqual(rows[1].Score, Scored(loaded, texts)[1].Score);
            using var session = new OnnxSession(OnnxModel.Load(folder.File("case.onnx")));
            var score = session.Run(new Dictionary<string, OnnxTensor> { ["Tokens"] = OnnxTensor.Create(texts[1].Tokens, 1, 3) }, "Score")["Score"].As<float>().Values.ToArray();
            for (var i = 0; i < rows[1].Score.Length; i++) Assert.AreEqual(rows[1].Score[i], score[i], 1e-5);
        }
    }

    [TestMethod]
    public void A_row_with_another_number_of_labels_than_tokens_is_refused()
    {
        foreach (var tags in (string[][])[["other", "after"], ["other", "after", "other", "after"], []])
        {
            var rows = Sentences(20, seed: 1);
            rows[7] = new() { Tokens = ["red", "two", "two"], Label = tags };
            var error = Refused(rows);
            Assert.AreEqual("Label", error.ColumnName);
            StringAssert.Contains(error.Message, "Row 7 has 3 tokens");
            StringAssert.Contains(error.Message, $"{tags.Length} labels");
        }
        var gap = Sentences(20, seed: 1);
        gap[3] = new() { Tokens = ["red", "two", "two"], Label = ["after", "", "after"] };
        StringAssert.Contains(Refused(gap).Message, "token 1 of row 3");
        gap[3] = new() { Tokens = ["red", "", "two"], Label = ["other", "after", "after"] };
        StringAssert.Contains(Refused(gap).Message, "Token 1 in row 3");
        // Vectors of a fixed size are filled up with nothing.
        gap[3] = new() { Tokens = ["red", "two", "", ""], Label = ["other", "after", ""] };
        Fit(gap, Options()).Dispose();
    }

    [TestMethod]
    public void Label_and_space_must_both_be_of_tokens()
    {
        var options = Options();
        options.Space = SearchSpaces.Text(widths: [16]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Sentences(20, seed: 1), options)).Message, "SequenceLabeling");
        options.Space = SearchSpaces.SequenceLabeling(widths: [16]);
        options.LabelColumnName = "Tokens";
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Sentences(20, seed: 1), options)).Message, "MapValueToKey");
        options = Options();
        options.Metric = SearchMetric.EntityF1;
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Sentences(20, seed: 1), options)).Message, "B-type");
        options.Metric = SearchMetric.AreaUnderRocCurve;
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Sentences(20, seed: 1), options)).Message, "EntityF1");
    }

    private static TrainingDataException Refused(Sentence[] rows) => Assert.ThrowsExactly<TrainingDataException>(() => Fit(rows, Options()));

    private sealed class FixedSentence
    {
        [VectorType(10)]
        public string[] Tokens { get; set; } = [];

        [VectorType(10), KeyType(2)]
        public uint[] Label { get; set; } = [];
    }

    private sealed class Text
    {
        public string Review { get; set; } = "";

        public string[] Label { get; set; } = [];
    }
}
