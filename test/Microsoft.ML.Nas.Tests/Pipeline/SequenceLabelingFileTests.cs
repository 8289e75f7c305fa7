using Microsoft.ML.Nas.Onnx;
using static Microsoft.ML.Nas.Tests.Pipeline.LabeledSentences;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>Exported models that label tokens.</summary>
[TestClass]
public sealed class SequenceLabelingFileTests
{
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
}
