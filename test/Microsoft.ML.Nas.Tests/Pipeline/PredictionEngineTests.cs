using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class PredictionEngineTests
{
    [TestMethod]
    public void Single_rows_are_scored_as_the_same_rows_in_a_view()
    {
        var ml = new MLContext(1);
        var rows = Rows();
        var view = ml.Data.LoadFromEnumerable(rows);
        using var model = TestModels.Create(view);
        var expected = TransformTests.Column<float>(model.Transform(view), "Probability");
        using var engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model, view.Schema);

        var prediction = new Prediction();
        for (var i = 0; i < rows.Length; i++)
        {
            engine.Predict(rows[i], ref prediction);
            Assert.AreEqual(expected[i], prediction.Probability, 1e-6f);
            Assert.AreEqual(expected[i] > 0.5f, prediction.PredictedLabel);
            Assert.AreEqual(rows[i].City, prediction.City, "Input columns pass through.");
        }
    }

    [TestMethod]
    public void Missing_and_unseen_values_are_scored()
    {
        var ml = new MLContext(1);
        using var model = TestModels.Create(ml.Data.LoadFromEnumerable(Rows()));
        using var engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model);

        foreach (var row in new Row[] { new() { Age = float.NaN, City = "" }, new() { Age = float.PositiveInfinity, City = "never seen" }, new() { Age = 1, City = null } })
            Assert.IsTrue(engine.Predict(row).Probability is >= 0 and <= 1);
    }

    [TestMethod]
    public void Keys_come_back_as_their_values_after_MapKeyToValue()
    {
        var ml = new MLContext(1);
        var view = TestRows.Multiclass();
        using var model = TestModels.Create(view, TestRows.Options);

        var named = ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(model.Transform(view)).Transform(model.Transform(view));

        var keys = TransformTests.Column<uint>(named, "PredictedLabel");
        CollectionAssert.AreEqual(
            keys.Select(static key => new[] { "ant", "bee", "cat" }[key - 1]).ToArray(),
            TransformTests.Column<ReadOnlyMemory<char>>(named, "Name").Select(static name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Two_engines_share_a_model()
    {
        var ml = new MLContext(1);
        var rows = Rows();
        using var model = TestModels.Create(ml.Data.LoadFromEnumerable(rows));
        var options = new PredictionEngineOptions { OwnsTransformer = false };
        using var first = ml.Model.CreatePredictionEngine<Row, Prediction>(model, options);
        using var second = ml.Model.CreatePredictionEngine<Row, Prediction>(model, options);

        var one = first.Predict(rows[0]).Probability;
        var other = second.Predict(rows[1]).Probability;

        Assert.AreEqual(one, second.Predict(rows[0]).Probability);
        Assert.AreEqual(other, first.Predict(rows[1]).Probability);
        Assert.AreNotEqual(one, other);
    }

    [TestMethod]
    public void A_prediction_allocates_nothing_in_the_model()
    {
        var rows = Rows();
        var view = new MLContext(1).Data.LoadFromEnumerable(rows);
        using var model = TestModels.Create(view);
        var mapper = model.GetRowToRowMapper(view.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        using var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var score = row.GetGetter<float>(mapper.OutputSchema["Score"]);
        var value = 0f;
        for (var i = 0; i < 10; i++) Next();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++) Next();

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Next()
        {
            cursor.MoveNext();
            score(ref value);
        }
    }

    private static Row[] Rows()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 100).Select(i => new Row
        {
            Label = i % 2 == 0,
            Age = random.Next(5) == 0 ? float.NaN : random.Next(90),
            City = new[] { "Oslo", "Bern", "" }[random.Next(3)],
            Pair = [random.Next(9), random.Next(9)],
        })];
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float Age { get; set; }

        public string? City { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [0, 0];
    }

    private sealed class Prediction
    {
        public float Probability { get; set; }

        public float Score { get; set; }

        public bool PredictedLabel { get; set; }

        public string? City { get; set; }
    }
}
