using Microsoft.ML.Data;
using Microsoft.ML.Nas.Tests.Strategies;
using static Microsoft.ML.Nas.Tests.Pipeline.LabeledSentences;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>The whole line on labels of tokens.</summary>
[TestClass]
public sealed class SequenceLabelingTests
{
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

    /// <summary>Networks that are trained without those rows read shorter texts.</summary>
    [TestMethod]
    public void A_slice_that_alone_has_the_longest_texts_is_measured_too()
    {
        var rows = Sentences(60, seed: 1);
        foreach (var row in rows) row.Group = row.Tokens.Length >= 6 ? "long" : "short";
        var options = Options();
        options.Robustness = new() { ShiftColumn = "Group" };
        using var model = Fit(rows, options);
        var shift = model.LastTransformer.Result!.Robustness!.Shift;
        CollectionAssert.AreEquivalent(new[] { "long", "short" }, shift.Select(static result => result.Slice).ToArray());
        foreach (var result in shift) Assert.IsTrue(double.IsFinite(result.Seen) && double.IsFinite(result.Unseen), $"{result}");
    }

    [TestMethod]
    public void Tokens_without_a_known_label_do_not_count()
    {
        var ml = new MLContext(1);
        Compared[] rows = [new() { Label = ["O", "B-X", ""], PredictedLabel = ["O", "B-X", "O"] }, new() { Label = ["", "O"], PredictedLabel = ["O", "O"] }];
        var metrics = ml.Nas().EvaluateSequenceLabeling(ml.Data.LoadFromEnumerable(rows));
        Assert.AreEqual((3, 1.0, 1.0), (metrics.TokenCount, metrics.MicroAccuracy, metrics.EntityF1));
        rows[1].PredictedLabel = ["O", "O", "O"];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ml.Nas().EvaluateSequenceLabeling(ml.Data.LoadFromEnumerable(rows))).Message, "Row 1 has 2 labels");
    }

    private sealed class Compared
    {
        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
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
        var (pipeline, data) = PipelineOf(Sentences(20, seed: 1), Options());
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

    private sealed class Answer
    {
        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
    }
}
