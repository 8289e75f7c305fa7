using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Tests.Strategies;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>The whole line on labels of tokens.</summary>
[TestClass]
public sealed class SequenceLabelingTests
{
    private static readonly string[] Words = ["red", "green", "blue", "two", "three", "four"];

    /// <summary>A token is labelled by what stands before it, a number or something else: the token itself says nothing.</summary>
    [TestMethod]
    public void Labels_that_depend_on_the_token_before_are_learned()
    {
        var train = Sentences(300, seed: 1);
        var test = Sentences(100, seed: 2);
        var options = Options();
        options.MaxTrainingEpochs = 30;
        using var model = Fit(train, options);
        var found = model.LastTransformer;
        Assert.IsTrue(found.ParityReport!.Agrees);

        var rows = Scored(model, test);
        var tokens = test.Zip(rows).SelectMany(static pair => pair.First.Label.Zip(pair.Second.PredictedLabel)).ToArray();
        Assert.IsGreaterThan(0.97, tokens.Average(static token => token.First == token.Second ? 1.0 : 0), "share of tokens");
        var metrics = new MLContext(1).Nas().EvaluateSequenceLabeling(model.Transform(new MLContext(1).Data.LoadFromEnumerable(test)));
        Assert.AreEqual(tokens.Length, metrics.TokenCount);
        Assert.AreEqual(tokens.Average(static token => token.First == token.Second ? 1.0 : 0), metrics.MicroAccuracy, 1e-9);
        Assert.IsTrue(double.IsNaN(metrics.EntityF1), "these labels mark no entities");
        // The best that can be said of a token by itself: its most frequent label in the training rows.
        var majority = train.SelectMany(static row => row.Tokens.Zip(row.Label)).GroupBy(static token => token.First)
            .ToDictionary(static token => token.Key, static token => token.GroupBy(static pair => pair.Second).MaxBy(static label => label.Count())!.Key);
        Assert.IsLessThan(0.6, test.SelectMany(static row => row.Tokens.Zip(row.Label)).Average(token => majority[token.First] == token.Second ? 1.0 : 0), "share without context");
    }

    [TestMethod]
    public void Every_token_has_a_label_and_a_probability_per_class()
    {
        using var model = Fit(Sentences(60, seed: 1), Options());
        Sentence[] texts = [new() { Tokens = ["red"] }, new() { Tokens = [] }, new() { Tokens = ["red", "unheard-of", "two"] }, new() { Tokens = [.. Enumerable.Repeat("blue", 50)] }];
        var rows = Scored(model, texts);
        CollectionAssert.AreEqual(new[] { 1, 0, 3, 8 }, rows.Select(static row => row.PredictedLabel.Length).ToArray(), "texts are cut after 8 tokens");
        foreach (var row in rows)
        {
            Assert.HasCount(2 * row.PredictedLabel.Length, row.Score);
            for (var token = 0; token < row.PredictedLabel.Length; token++)
            {
                var (after, other) = (row.Score[2 * token], row.Score[2 * token + 1]);
                Assert.AreEqual(1, after + other, 1e-5);
                Assert.AreEqual(after >= other ? "after" : "other", row.PredictedLabel[token]);
            }
        }
        using var engine = new MLContext(1).Model.CreatePredictionEngine<Sentence, KeyPrediction>(model);
        foreach (var (text, row) in texts.Zip(rows)) CollectionAssert.AreEqual(row.PredictedLabel, engine.Predict(text).PredictedLabel.Select(static key => key == 1 ? "after" : "other").ToArray());
    }

    [TestMethod]
    public void The_file_answers_as_the_model_does()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("labels.onnx");
        Sentence[] texts = [new() { Tokens = ["RED", "two", "two", "red"] }, new() { Tokens = [] }, new() { Tokens = ["\ud83d\ude00", "", "green"] }, new() { Tokens = [.. Enumerable.Repeat("blue", 50)] }];
        using var model = Fit(Sentences(60, seed: 1), Options());
        var expected = Scored(model, texts);
        model.LastTransformer.SaveOnnx(path);

        using var loaded = new MLContext(1).Nas().LoadOnnx(path);
        var again = Scored(loaded, texts);
        for (var row = 0; row < texts.Length; row++)
        {
            CollectionAssert.AreEqual(expected[row].PredictedLabel, again[row].PredictedLabel);
            CollectionAssert.AreEqual(expected[row].Score, again[row].Score);
        }

        var onnx = OnnxModel.Load(path);
        Assert.IsFalse(onnx.Opsets.ContainsKey("com.microsoft"), "tokens that are given need no operator of ONNX Runtime's own");
        using var session = new OnnxSession(onnx);
        string[] flat = [.. texts.SelectMany(static row => row.Tokens.Concat(Enumerable.Repeat("", 50 - row.Tokens.Length)))];
        var answers = session.Run(new Dictionary<string, OnnxTensor> { ["Tokens"] = OnnxTensor.Create(flat, texts.Length, 50) }, "PredictedLabel", "Score");
        Compare(expected, answers);

        model.LastTransformer.SaveTokenIdsOnnx(folder.File("ids.onnx"));
        using var ids = new OnnxSession(OnnxModel.Load(folder.File("ids.onnx")));
        CollectionAssert.AreEqual(new[] { "PredictedLabel", "Score" }, ids.Outputs.Select(static output => output.Name).ToArray());
        var nothing = ids.Run(new Dictionary<string, OnnxTensor> { ["Tokens"] = OnnxTensor.Create(new long[8], 1, 8) }, "PredictedLabel", "Score");
        Assert.IsTrue(nothing["Score"].As<float>().Values.ToArray().All(static score => score == 0));
        RealDataTests.CheckByOnnx(path);
    }

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

    [TestMethod]
    public void The_space_is_found_by_the_label()
    {
        var options = Options();
        options.Space = null;
        options.Strategy = SearchStrategies.Random();
        (options.MaxTrials, options.EpochsPerTrial, options.MaxTrainingEpochs) = (1, 1, 1);
        using var model = Fit(Sentences(20, seed: 1), options);
        Assert.AreEqual("sequenceLabeling", model.LastTransformer.Architecture!.Space.Name);
        Assert.AreEqual(SearchMetric.Accuracy, model.LastTransformer.Result!.Metric);
    }

    public static IEnumerable<object[]> Strategies => Searches.All.Keys.Select(static name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Every_strategy_labels_tokens(string strategy)
    {
        var options = Options();
        options.Strategy = Searches.All[strategy]();
        (options.MaxTrials, options.MaxEpochs, options.EpochsPerTrial, options.MaxTrainingEpochs) = (5, 2, 1, 1);
        using var model = Fit(Sentences(40, seed: 1), options);
        Assert.IsTrue(model.LastTransformer.Result!.Trials.All(static trial => trial.State == TrialState.Complete), string.Join(' ', model.LastTransformer.Result.Trials.Select(static trial => trial.FailureReason)));
        Assert.HasCount(5, model.LastTransformer.Result.Trials);
    }

    [TestMethod]
    public void A_study_goes_on_with_the_same_labels_only()
    {
        using var folder = new TemporaryFolder();
        var options = Options();
        (options.Study, options.EpochsPerTrial, options.MaxTrainingEpochs, options.Seed) = (folder.File("labels.db"), 1, 1, 1);
        var rows = Sentences(40, seed: 1);
        using var first = Fit(rows, options);
        using var again = Fit(rows, options);
        CollectionAssert.AreEqual(first.LastTransformer.Result!.Trials.Select(static trial => trial.Seconds).ToArray(), again.LastTransformer.Result!.Trials.Select(static trial => trial.Seconds).ToArray());
        rows[5].Label[0] = rows[5].Label[0] == "after" ? "other" : "after";
        StringAssert.Contains(Assert.ThrowsExactly<StudyException>(() => Fit(rows, options)).Message, "Label");
    }

    /// <summary>Names of two kinds after a title, with or without a second token.</summary>
    [TestMethod]
    public void Entities_are_found_and_counted()
    {
        var random = new Random(1);
        Sentence[] rows = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            var (tokens, labels) = (new List<string>(), new List<string>());
            for (var part = random.Next(1, 4); part > 0; part--)
            {
                var (title, type, second) = ((string, string, string))(random.Next(3) switch { 0 => ("mr", "PER", "jr"), 1 => ("in", "LOC", "town"), _ => ("the", "", "") });
                tokens.AddRange(title, Words[random.Next(Words.Length)]);
                labels.AddRange("O", type == "" ? "O" : $"B-{type}");
                if (type == "" || random.Next(2) == 0) continue;
                tokens.Add(second);
                labels.Add($"I-{type}");
            }
            return new Sentence { Tokens = [.. tokens], Label = [.. labels] };
        })];
        var options = Options();
        (options.Metric, options.MaxTrainingEpochs, options.EpochsPerTrial) = (SearchMetric.EntityF1, 40, 10);
        var (train, test) = (rows[..150], rows[150..]);
        using var model = Fit(train, options);
        var ml = new MLContext(1);
        var scored = model.Transform(ml.Data.LoadFromEnumerable(test));
        var metrics = ml.Nas().EvaluateSequenceLabeling(scored);
        Assert.IsGreaterThan(0.9, metrics.EntityF1);
        Assert.AreEqual(2 / (1 / metrics.EntityPrecision + 1 / metrics.EntityRecall), metrics.EntityF1, 1e-9);
        Assert.AreEqual(SearchMetric.EntityF1, model.LastTransformer.Result!.Metric);
        Assert.IsGreaterThan(0.9, model.LastTransformer.Result.ValidationMetric);

        // Texts instead of keys are the same labels.
        var texts = ml.Nas().EvaluateSequenceLabeling(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored));
        Assert.AreEqual(metrics.EntityF1, texts.EntityF1);
        // One that is cut off is wrong.
        var cut = ml.Nas().EvaluateSequenceLabeling(ml.Data.LoadFromEnumerable([new Answer { Label = ["B-A", "O", "B-A"], PredictedLabel = ["B-A", "O"] }]));
        Assert.AreEqual((2 / 3.0, 0.75, 1.0, 0.5), (cut.MicroAccuracy, cut.MacroAccuracy, cut.EntityPrecision, cut.EntityRecall));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ml.Nas().EvaluateSequenceLabeling(ml.Data.LoadFromEnumerable([new Answer { PredictedLabel = ["O"] }]))).Message, "Row 0");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.Nas().EvaluateSequenceLabeling(scored, "Missing"));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.Nas().EvaluateSequenceLabeling(scored, "Score"));
    }

    [TestMethod]
    public void All_that_a_search_measures_and_writes_is_there_for_tokens_too()
    {
        using var folder = new TemporaryFolder();
        var options = Options();
        (options.EnsembleSize, options.EpochsPerTrial, options.MaxTrainingEpochs, options.ClassWeighting) = (2, 2, 2, ClassWeighting.Balanced);
        options.ExampleWeightColumnName = "Weight";
        options.Metric = SearchMetric.MacroAccuracy;
        options.Robustness = new() { LabelNoise = [0.2], SensitiveColumn = "Group", ShiftColumn = "Group" };
        options.Objectives = [Objectives.Latency()];
        using var model = Fit(Sentences(40, seed: 1), options);
        var result = model.LastTransformer.Result!;
        Assert.HasCount(2, result.Architectures);
        Assert.IsTrue(double.IsFinite(result.Robustness!.LabelNoise.Single().Metric));
        Assert.HasCount(2, result.Robustness.Shift);
        Assert.AreEqual(8, result.Robustness.Fairness!.Groups.Sum(static group => group.Rows), "a fifth of the rows");
        result.SaveReport(folder.File("report.html"));
        StringAssert.Contains(File.ReadAllText(folder.File("report.html")), "tokens of 8 validation rows");
        using var again = (ArchitectureTransformer)Train(result.Architecture, Sentences(40, seed: 1), options);
        Assert.AreEqual(result.Architecture.Id, again.Architecture!.Id);
    }

    [TestMethod]
    public void Recurrent_cells_label_tokens()
    {
        var options = Options();
        options.Space = SearchSpaces.DartsRnn(8, isPerToken: true);
        (options.MaxTrials, options.EpochsPerTrial, options.MaxTrainingEpochs) = (1, 1, 1);
        using var model = Fit(Sentences(20, seed: 1), options);
        Assert.IsTrue(model.LastTransformer.ParityReport!.Agrees);
    }

    [TestMethod]
    public void The_schema_is_known_before_fitting()
    {
        var (pipeline, data) = Pipeline(Sentences(20, seed: 1), Options());
        var shape = pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema));
        using var model = pipeline.Fit(data);
        var schema = model.GetOutputSchema(data.Schema);
        foreach (var name in (string[])["PredictedLabel", "Score"])
        {
            var (expected, actual) = (shape.Single(column => column.Name == name), SchemaShapes.Of(schema).Single(column => column.Name == name));
            Assert.AreEqual(SchemaShape.Column.VectorKind.VariableVector, expected.Kind);
            Assert.AreEqual((expected.Kind, expected.ItemType.RawType, expected.IsKey), (actual.Kind, actual.ItemType.RawType, actual.IsKey));
        }
        Assert.AreEqual(2ul, ((KeyDataViewType)((VectorDataViewType)schema["PredictedLabel"].Type).ItemType).Count);
    }

    private static void Compare(Prediction[] expected, IReadOnlyDictionary<string, OnnxTensor> answers)
    {
        var (labels, scores) = (answers["PredictedLabel"].As<string>().Span.ToArray(), answers["Score"].As<float>().Values.ToArray());
        Assert.HasCount(8 * expected.Length, labels);
        for (var row = 0; row < expected.Length; row++)
            for (var token = 0; token < 8; token++)
            {
                Assert.AreEqual(expected[row].PredictedLabel.ElementAtOrDefault(token) ?? "", labels[8 * row + token]);
                for (var index = 0; index < 2; index++)
                    Assert.AreEqual(expected[row].Score.ElementAtOrDefault(2 * token + index), scores[2 * (8 * row + token) + index], 1e-5);
            }
    }

    private static TrainingDataException Refused(Sentence[] rows) => Assert.ThrowsExactly<TrainingDataException>(() => Fit(rows, Options()));

    private static Prediction[] Scored(ITransformer model, Sentence[] rows)
    {
        var ml = new MLContext(1);
        var scored = model.Transform(ml.Data.LoadFromEnumerable(rows));
        return [.. ml.Data.CreateEnumerable<Prediction>(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored), false)];
    }

    private static TransformerChain<ArchitectureTransformer> Fit(Sentence[] rows, SearchOptions options)
    {
        var (pipeline, data) = Pipeline(rows, options);
        return pipeline.Fit(data);
    }

    private static ITransformer Train(Architecture architecture, Sentence[] rows, SearchOptions options)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(rows);
        return ml.Nas().TrainArchitecture(architecture, options).Fit(ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data));
    }

    private static (EstimatorChain<ArchitectureTransformer> Pipeline, IDataView Data) Pipeline(Sentence[] rows, SearchOptions options)
    {
        var ml = new MLContext(1);
        return (ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).SearchArchitecture(ml, options), ml.Data.LoadFromEnumerable(rows));
    }

    private static SearchOptions Options() => new()
    {
        Space = SearchSpaces.SequenceLabeling(widths: [16], maxBlocks: 1), Strategy = SearchStrategies.Random(), MaxTrials = 2, EpochsPerTrial = 8, MaxTrainingEpochs = 24, Threads = 1,
    };

    private static Sentence[] Sentences(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(row =>
        {
            // One text of the greatest length, so that it is known.
            int[] words = [.. Enumerable.Range(0, row == 0 ? 8 : random.Next(1, 9)).Select(_ => random.Next(Words.Length))];
            return new Sentence { Tokens = [.. words.Select(static word => Words[word])], Label = [.. words.Select((word, place) => place > 0 && words[place - 1] >= 3 ? "after" : "other")], Weight = 1 + row % 2, Group = row % 2 == 0 ? "even" : "odd" };
        })];
    }

    private sealed class Sentence
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];

        public float Weight { get; set; } = 1;

        public string Group { get; set; } = "";
    }

    private sealed class FixedSentence
    {
        [VectorType(10)]
        public string[] Tokens { get; set; } = [];

        [VectorType(10), KeyType(2)]
        public uint[] Label { get; set; } = [];
    }

    private sealed class Answer
    {
        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
    }

    private sealed class Text
    {
        public string Review { get; set; } = "";

        public string[] Label { get; set; } = [];
    }

    private sealed class KeyPrediction
    {
        public uint[] PredictedLabel { get; set; } = [];
    }

    private sealed class Prediction
    {
        public string[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];
    }
}
