using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class TransformTests
{
    [TestMethod]
    public void Two_classes_get_label_log_odds_and_probability()
    {
        var view = TestRows.Binary();
        using var model = TestModels.Create(view, out var encoder, TestRows.Options);

        var scored = model.Transform(view);

        var probabilities = Column<float>(scored, "Probability");
        var expected = Expected(encoder, view);
        for (var row = 0; row < 100; row++) Assert.AreEqual(expected[row][0], probabilities[row], 1e-6);
        CollectionAssert.AreEqual(probabilities.Select(static p => p > 0.5f).ToArray(), Column<bool>(scored, "PredictedLabel"));
        var scores = Column<float>(scored, "Score");
        for (var row = 0; row < 100; row++) Assert.AreEqual(Math.Log(expected[row][0] / (1 - expected[row][0])), scores[row], 1e-4);
    }

    [TestMethod]
    public void A_key_of_two_values_is_predicted_as_that_key_and_the_second_value_is_positive()
    {
        var view = TestRows.BinaryKey();
        using var model = TestModels.Create(view, TestRows.Options);

        var scored = model.Transform(view);

        CollectionAssert.AreEqual(Column<float>(scored, "Probability").Select(static p => p > 0.5f ? 2u : 1u).ToArray(), Column<uint>(scored, "PredictedLabel"));
        VBuffer<ReadOnlyMemory<char>> values = default;
        scored.Schema["PredictedLabel"].GetKeyValues(ref values);
        Assert.AreEqual("no,yes", string.Join(',', values.DenseValues()));
    }

    [TestMethod]
    public void More_classes_get_a_probability_each_and_the_most_probable_as_key()
    {
        var view = TestRows.Multiclass();
        using var model = TestModels.Create(view, out var encoder, TestRows.Options);

        var scored = model.Transform(view);

        var scores = RawColumns.Values<float>(scored, scored.Schema["Score"]).Chunk(3).ToArray();
        var expected = Expected(encoder, view);
        for (var row = 0; row < 100; row++)
            for (var c = 0; c < 3; c++) Assert.AreEqual(expected[row][c], scores[row][c], 1e-6);
        CollectionAssert.AreEqual(expected.Select(static row => (uint)Array.IndexOf(row, row.Max()) + 1).ToArray(), Column<uint>(scored, "PredictedLabel"));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.AreEqual("ant,bee,cat", string.Join(',', names.DenseValues()));
        Assert.IsNull(scored.Schema.GetColumnOrNull("Probability"));
    }

    [TestMethod]
    public void Regression_gets_a_score_in_the_labels_unit()
    {
        var view = TestRows.Regression();
        using var model = TestModels.Create(view, out var encoder, TestRows.Options);

        var scores = Column<float>(model.Transform(view), "Score");

        var expected = Expected(encoder, view);
        for (var row = 0; row < 100; row++) Assert.AreEqual(expected[row][0], scores[row], 1e-4);
    }

    [TestMethod]
    public void Batches_of_any_size_give_the_same_numbers()
    {
        var view = TestRows.Multiclass(300);
        var expected = Scores(1024);

        foreach (var size in new[] { 1, 2, 31, 33, 299, 300, 301 })
        {
            var actual = Scores(size);
            Assert.HasCount(expected.Length, actual);
            for (var i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-6f, $"Batches of {size}");
        }

        float[] Scores(int batchSize)
        {
            using var model = TestModels.Create(view, TestRows.Options, batchSize);
            var scored = model.Transform(view);
            return [.. RawColumns.Values<float>(scored, scored.Schema["Score"])];
        }
    }

    [TestMethod]
    public void A_view_can_be_enumerated_again()
    {
        var view = TestRows.Binary();
        using var model = TestModels.Create(view, TestRows.Options);
        var scored = model.Transform(view);

        CollectionAssert.AreEqual(Column<float>(scored, "Score"), Column<float>(scored, "Score"));
    }

    [TestMethod]
    public void Data_of_another_schema_is_bound_by_name()
    {
        using var model = TestModels.Create(TestRows.Binary(), TestRows.Options);
        var other = new TestView().Text("City", "Oslo", "new").Single("Extra", 1, 2).Key("Code", 9, [9, 0]).Single("Age", float.PositiveInfinity, float.NaN);

        Assert.IsTrue(Column<float>(model.Transform(other), "Probability").All(static p => p is >= 0 and <= 1));
    }

    [TestMethod]
    public void Data_without_a_feature_or_with_one_of_another_type_is_refused_by_name()
    {
        using var model = TestModels.Create(TestRows.Binary(), TestRows.Options);

        var missing = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(new TestView().Single("Age").Text("City")));
        Assert.AreEqual("Code", missing.ActualValue);
        var wrong = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(new TestView().Text("Age").Text("City").Key("Code", 5, [])));
        StringAssert.Contains(wrong.Message, "'Age' has the type Text; the model was trained with Single");
    }

    [TestMethod]
    public void ML_NETs_own_format_is_refused_with_the_way_out()
    {
        using var model = TestModels.Create(TestRows.Binary(), TestRows.Options);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => ((ICanSaveModel)model).Save(null!));

        StringAssert.Contains(error.Message, "SaveOnnx");
    }

    internal static T[] Column<T>(IDataView view, string name) => [.. RawColumns.Values<T>(view, view.Schema[name])];

    private static double[][] Expected(FeatureEncoder encoder, IDataView view)
    {
        var table = view.Read(TestRows.Options);
        return [.. encoder.Encode(table, table.AllRows()).Chunk(encoder.Width).Select(row => TestModels.Expected(encoder, row))];
    }
}
