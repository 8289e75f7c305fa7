using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class ExportTests
{
    [TestMethod]
    public void The_file_answers_raw_rows_as_the_transformer_does()
    {
        foreach (var view in TestRows.All(200, seed: 5))
        {
            using var model = TestModels.Create(view, out var encoder, TestRows.Options);
            var wild = new TestView()
                .Single("Age", float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, 50, 1e30f)
                .Text("City", "Oslo", "", "never seen", "Rome", "oslo", "Bern")
                .Key("Code", 90, [0, 1, 5, 6, 77, 3]);

            var scored = model.Transform(wild);
            using var session = Save(model);
            var answers = session.Run(RawColumns.Of(wild, encoder.Plan));

            var expected = RawColumns.Values<float>(scored, scored.Schema["Score"]).ToArray();
            var actual = answers["Score"].As<float>();
            CollectionAssert.AreEqual(new[] { 6L, expected.Length / 6 }, actual.Shape.ToArray());
            for (var i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual.Span[i], 1e-5f);
            if (encoder.Plan.Task == LearningTask.BinaryClassification)
                CollectionAssert.AreEqual(TransformTests.Column<float>(scored, "Probability"), answers["Probability"].As<float>().Values.ToArray());
        }
    }

    [TestMethod]
    public void The_file_returns_original_label_values()
    {
        CollectionAssert.AreEqual(TransformTests.Column<bool>(Scored(TestRows.Binary()), "PredictedLabel"), Labels<bool>(TestRows.Binary()));
        CollectionAssert.AreEqual(Keys(TestRows.BinaryKey()).Select(static key => key == 1 ? "no" : "yes").ToArray(), Labels<string>(TestRows.BinaryKey()));
        CollectionAssert.AreEqual(Keys(TestRows.Multiclass()).Select(static key => new[] { "ant", "bee", "cat" }[key - 1]).ToArray(), Labels<string>(TestRows.Multiclass()));
    }

    [TestMethod]
    public void Keys_without_values_are_returned_as_their_numbers()
    {
        var view = new TestView().Key("Label", 3, [1, 2, 3, 1, 2, 3]).Single("x", 1, 2, 3, 4, 5, 6);
        using var model = TestModels.Create(view, out var encoder);

        using var session = Save(model);

        CollectionAssert.AreEqual(
            TransformTests.Column<uint>(model.Transform(view), "PredictedLabel").Select(static key => (long)key).ToArray(),
            session.Run(RawColumns.Of(view, encoder.Plan))["PredictedLabel"].As<long>().Values.ToArray());
    }

    [TestMethod]
    public void Key_values_that_are_numbers_are_returned_as_numbers()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(NumberDataViewType.Int16, 2), (ref VBuffer<short> values) => values = new(2, [30, 10]));
        var view = new TestView().Add("Label", new KeyDataViewType(typeof(byte), 2), new byte[] { 1, 2, 1, 2 }, annotations.ToAnnotations()).Single("x", -9, 9, -8, 8);
        using var model = TestModels.Create(view, out var encoder);

        using var session = Save(model);

        CollectionAssert.AreEqual(
            TransformTests.Column<byte>(model.Transform(view), "PredictedLabel").Select(static key => key == 1 ? 30L : 10).ToArray(),
            session.Run(RawColumns.Of(view, encoder.Plan))["PredictedLabel"].As<long>().Values.ToArray());
    }

    [TestMethod]
    public void An_output_whose_name_a_feature_has_gets_an_underscore()
    {
        var view = new TestView().Boolean("Label", true, false, true, false).Single("Score", 1, 2, 3, 4);
        using var model = TestModels.Create(view);

        using var session = Save(model);

        CollectionAssert.AreEqual(new[] { "PredictedLabel", "Score_", "Probability" }, session.Outputs.Select(static output => output.Name).ToArray());
    }

    [TestMethod]
    public void Regression_has_a_score_alone()
    {
        using var model = TestModels.Create(TestRows.Regression(), TestRows.Options);

        using var session = Save(model);

        Assert.AreEqual("Score", session.Outputs.Single().Name);
        CollectionAssert.AreEqual(TestRows.Features, session.Inputs.Select(static input => input.Name).ToArray());
    }

    private static T[] Labels<T>(TestView view)
    {
        using var model = TestModels.Create(view, out var encoder, TestRows.Options);
        using var session = Save(model);
        return session.Run(RawColumns.Of(view, encoder.Plan))["PredictedLabel"].As<T>().Values.ToArray();
    }

    private static uint[] Keys(TestView view) => TransformTests.Column<uint>(Scored(view), "PredictedLabel");

    private static IDataView Scored(TestView view) => TestModels.Create(view, TestRows.Options).Transform(view);

    private static OnnxSession Save(ArchitectureTransformer model)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            model.SaveOnnx(path);
            return new(path, new() { IntraOpThreads = 1 });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
