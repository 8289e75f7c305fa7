using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>The whole line on a text column.</summary>
[TestClass]
public sealed class TextSearchTests
{
    private static readonly string[] Good = ["lovely tea", "GREAT taste", "I like it", "very good!"];
    private static readonly string[] Bad = ["awful tea", "BAD taste", "I hate it", "very stale!"];

    [TestMethod]
    public void A_text_space_learns_from_a_text_column()
    {
        var view = Reviews(200);
        using var model = Fit(view);

        Assert.IsTrue(model.ParityReport!.Agrees);
        Assert.AreEqual("text", model.Architecture!.Space.Name);
        var predicted = TransformTests.Column<bool>(model.Transform(view), "PredictedLabel");
        Assert.IsGreaterThan(0.95, predicted.Zip(TransformTests.Column<bool>(view, "Label"), static (left, right) => left == right ? 1.0 : 0).Average());
    }

    [TestMethod]
    public void Any_text_is_scored_and_the_files_answers_are_the_same()
    {
        using var model = Fit(Reviews(60));
        string[] texts = ["", "   ", "unheard-of words only", string.Join(' ', Enumerable.Repeat("good", 5000)), "\ud83d\ude00 good\0tea", "it's\ngood"];
        var view = Reviews(0, texts);
        var scores = TransformTests.Column<float>(model.Transform(view), "Probability");
        Assert.IsTrue(scores.All(static score => score is >= 0 and <= 1));

        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("text.onnx"));
        using var loaded = new MLContext(1).Nas().LoadOnnx(folder.File("text.onnx"));
        CollectionAssert.AreEqual(scores, TransformTests.Column<float>(loaded.Transform(view), "Probability"));

        // A NUL ends a text in ONNX Runtime's C interface.
        using var session = new OnnxSession(OnnxModel.Load(folder.File("text.onnx")));
        string[] whole = [.. texts.Where(static text => !text.Contains('\0'))];
        var actual = session.Run(new Dictionary<string, OnnxTensor> { ["Review"] = OnnxTensor.Create(whole, whole.Length, 1) })["Probability"].As<float>().Values.ToArray();
        var expected = scores.Where((_, row) => !texts[row].Contains('\0')).ToArray();
        for (var i = 0; i < whole.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f, whole[i]);
    }

    [TestMethod]
    public void Texts_of_all_lengths_are_scored_in_their_order()
    {
        using var model = Fit(Reviews(60));
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 150).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => (random.Next(2) == 0 ? Good : Bad)[random.Next(4)])))];
        var together = TransformTests.Column<float>(model.Transform(Reviews(0, texts)), "Probability");
        for (var row = 0; row < texts.Length; row++)
            Assert.AreEqual(TransformTests.Column<float>(model.Transform(Reviews(0, texts[row])), "Probability")[0], together[row], 1e-6f, texts[row]);
    }

    [TestMethod]
    public void A_model_can_be_written_from_its_token_ids_on()
    {
        using var model = Fit(Reviews(60));
        using var folder = new TemporaryFolder();
        model.SaveTokenIdsOnnx(folder.File("ids.onnx"));
        var onnx = OnnxModel.Load(folder.File("ids.onnx"));
        onnx.Check();
        Assert.IsFalse(onnx.Opsets.ContainsKey("com.microsoft"));
        Assert.AreEqual(ElementType.Int64, onnx.Inputs.Single().ElementType);

        using var session = new OnnxSession(onnx);
        var length = (int)onnx.Inputs.Single().Shape![1].Size!.Value;
        // Nothing but padding, an unknown token, and ids that are in no vocabulary, which count as unknown.
        long[][] rows = [new long[length], [1, .. new long[length - 1]], [1_000_000, .. new long[length - 1]], [-5, .. new long[length - 1]]];
        var answers = session.Run(new Dictionary<string, OnnxTensor> { ["Review"] = OnnxTensor.Create(rows.SelectMany(static row => row).ToArray(), rows.Length, length) })["Probability"].As<float>().Values.ToArray();
        var expected = TransformTests.Column<float>(model.Transform(Reviews(0, "", "neverheard")), "Probability");
        Assert.AreEqual(expected[0], answers[0], 1e-5f);
        for (var i = 1; i < rows.Length; i++) Assert.AreEqual(expected[1], answers[i], 1e-5f);
    }

    [TestMethod]
    public void A_space_for_texts_asks_for_one_text_column()
    {
        var none = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(new TestView().Boolean("Label", true, false).Single("x", 1, 2)));
        StringAssert.Contains(none.Message, "'x'");
        var two = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Reviews(4).Text("Title", "a", "b", "c", "d")));
        StringAssert.Contains(two.Message, "'Title'");
        var number = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Reviews(4).Single("x", 1, 2, 3, 4), "x"));
        StringAssert.Contains(number.Message, "Single");
    }

    [TestMethod]
    public void A_space_that_labels_every_token_asks_for_a_label_a_token()
    {
        var options = Options();
        options.Space = SearchSpaces.SequenceLabeling(widths: [16]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext(1).Nas().SearchArchitecture(options).Fit(Reviews(4))).Message, "sequenceLabeling");
    }

    [TestMethod]
    public void Limits_that_leave_nothing_are_refused()
    {
        var options = Options();
        options.Text.MaxTokens = 0;
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext(1).Nas().SearchArchitecture(options)).Message, "Text.MaxTokens");
    }

    private static ArchitectureTransformer Fit(IDataView view, params string[] features)
    {
        var options = Options();
        options.FeatureColumnNames = features.Length > 0 ? features : null;
        return new MLContext(1).Nas().SearchArchitecture(options).Fit(view);
    }

    private static SearchOptions Options() => new()
    {
        Space = SearchSpaces.Text(widths: [16], maxBlocks: 1), Strategy = SearchStrategies.Random(), MaxTrials = 2, EpochsPerTrial = 8, MaxTrainingEpochs = 16, Threads = 1,
    };

    private static TestView Reviews(int rows, params string[] texts)
    {
        var random = new Random(1);
        string[] all = [.. Enumerable.Range(0, rows).Select(row => $"{(row % 2 == 0 ? Good : Bad)[random.Next(4)]} {(row % 2 == 0 ? Good : Bad)[random.Next(4)]}"), .. texts];
        return new TestView().Text("Review", all).Boolean("Label", [.. all.Index().Select(static row => row.Index % 2 == 0)]);
    }
}
