using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Tests.Data;

[TestClass]
public sealed class FeatureEncoderTests
{
    private static readonly float[] Labels = [1, 2, 3, 4, 5, 6];

    [TestMethod]
    public void Numbers_are_standardised_and_missing_ones_are_the_mean_with_an_indicator()
    {
        var table = new TestView().Single("Label", Labels).Single("x", 1, 3, float.NaN, 5, float.NaN, 7).Read();

        var encoded = table.FitEncoder().Encode(table, table.AllRows());

        // Mean 4, variance ((−3)² + 1 + 1 + 3²) / 4 = 5; columns: number, indicator.
        var std = Math.Sqrt(5);
        float[] expected = [(float)(-3 / std), 0, (float)(-1 / std), 0, 0, 1, (float)(1 / std), 0, 0, 1, (float)(3 / std), 0];
        for (var i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], encoded[i], 1e-6f);
    }

    [TestMethod]
    public void What_it_knows_comes_from_the_training_rows_alone()
    {
        var view = new TestView().Single("Label", Labels).Single("x", 1, 3, 1, 3, 1e9f, float.NaN).Text("t", "a", "b", "a", "b", "c", "c");
        var table = view.Read();

        var encoder = FeatureEncoderFitter.Fit(table, [0, 1, 2, 3]);

        Assert.AreEqual(2, encoder.Numbers.Single().Mean);
        Assert.IsTrue(encoder.Indicators.IsEmpty);
        CollectionAssert.AreEqual(new[] { "a", "b" }, encoder.Categories.Single().Values.Select(static value => value.Text).ToArray());
        var far = encoder.Encode(table, [4]);
        Assert.AreEqual(2f, far[0], "One standard deviation beyond the training range is the bound.");
        Assert.AreEqual(0f, far[1], "A category never seen in training has code 0.");
        Assert.AreEqual(0f, encoder.Encode(table, [5])[0]);
    }

    [TestMethod]
    public void A_large_offset_costs_no_precision()
    {
        var times = new[] { 1_700_000_000_000, 1_700_000_000_001, 1_700_000_000_002, 1_700_000_000_003 };
        var table = new TestView().Single("Label", 1, 2, 3, 4).Add("t", NumberDataViewType.Int64, times).Read();

        var encoded = table.FitEncoder().Encode(table, table.AllRows());

        var std = Math.Sqrt(1.25);
        for (var i = 0; i < 4; i++) Assert.AreEqual((float)((i - 1.5) / std), encoded[i], 1e-6f);
    }

    [TestMethod]
    public void Booleans_are_zero_and_one()
    {
        var table = new TestView().Single("Label", Labels).Boolean("b", true, true, true, true, true, false).Read();

        var encoder = table.FitEncoder();

        CollectionAssert.AreEqual(new[] { 1f, 1, 1, 1, 1, 0 }, encoder.Encode(table, table.AllRows()));
        CollectionAssert.AreEqual(new[] { 0f, 1 }, encoder.Shape.Quantiles.Single().ToArray());
    }

    [TestMethod]
    public void What_tells_rows_apart_nowhere_is_dropped()
    {
        var none = float.NaN;
        var table = new TestView().Single("Label", Labels).Single("x", 1, 2, 3, 4, 5, 6)
            .Single("Constant", 7, 7, 7, 7, 7, 7).Single("Missing", none, none, none, none, none, none)
            .Single("Sometimes", 7, none, 7, 7, 7, none)
            .Text("Same", "a", "a", "a", "a", "a", "a").Text("Empty", "", "", "", "", "", "").Text("Id", "a", "b", "c", "d", "e", "f").Read();

        var encoder = table.FitEncoder();

        CollectionAssert.AreEquivalent(
            new DroppedFeature[] { new("Constant", false), new("Missing", true), new("Same", false), new("Empty", true), new("Id", false) },
            encoder.Dropped);
        Assert.AreEqual(2, encoder.Width, "x, and whether Sometimes is missing.");
        CollectionAssert.AreEqual(new[] { 0f, 1, 0, 0, 0, 1 }, encoder.Encode(table, table.AllRows()).Where(static (_, index) => index % 2 == 1).ToArray());
    }

    [TestMethod]
    public void Data_without_a_feature_that_varies_is_refused()
    {
        var table = new TestView().Single("Label", 1, 2, 3).Single("Constant", 7, 7, 7).Read();

        Assert.ThrowsExactly<TrainingDataException>(() => table.FitEncoder());
    }

    [TestMethod]
    public void A_category_seen_once_shares_the_code_of_unseen_ones()
    {
        var table = new TestView().Single("Label", Labels).Text("t", "b", "a", "b", "a", "once", "").Read();

        var encoder = table.FitEncoder();

        CollectionAssert.AreEqual(new[] { 2f, 1, 2, 1, 0, 0 }, encoder.Encode(table, table.AllRows()));
        Assert.AreEqual(3, encoder.Shape.Cardinalities.Single());
    }

    [TestMethod]
    public void Only_the_most_frequent_categories_have_codes_of_their_own()
    {
        // Category i is seen i + 2 times.
        var values = Enumerable.Range(0, 1005).SelectMany(static i => Enumerable.Repeat($"c{i:0000}", i + 2)).ToArray();
        var table = new TestView().Single("Label", [.. Enumerable.Range(0, values.Length).Select(static i => (float)i)]).Text("t", values).Read();

        var category = table.FitEncoder().Categories.Single();

        Assert.AreEqual(1001, category.Cardinality);
        Assert.AreEqual(0, category.CodeOf("c0004"));
        Assert.AreEqual(1, category.CodeOf("c0005"));
    }

    [TestMethod]
    public void Quantile_edges_increase_and_span_the_training_range()
    {
        var random = new Random(1);
        var skewed = Enumerable.Range(0, 5000).Select(_ => (float)Math.Exp(3 * random.NextDouble())).ToArray();
        var few = Enumerable.Range(0, 5000).Select(_ => (float)random.Next(16)).ToArray();
        var rare = Enumerable.Range(0, 5000).Select(static i => i == 17 ? 1f : 0f).ToArray();
        var table = new TestView().Single("Label", skewed).Single("skewed", skewed).Single("few", few).Single("rare", rare).Read();

        var encoder = table.FitEncoder();

        CollectionAssert.AreEqual(new[] { 49, 16, 2 }, encoder.Shape.Quantiles.Select(static edges => edges.Length).ToArray());
        var encoded = encoder.Encode(table, table.AllRows());
        for (var number = 0; number < 3; number++)
        {
            var values = encoded.Where((_, index) => index % 3 == number).Order().ToArray();
            Assert.AreEqual(values[0], encoder.Shape.Quantiles[number][0]);
            Assert.AreEqual(values[^1], encoder.Shape.Quantiles[number][^1]);
        }
        // About as many rows between any two edges.
        var counts = encoder.Shape.Quantiles[0].Zip(encoder.Shape.Quantiles[0].Skip(1),
            (low, high) => encoded.Where((_, index) => index % 3 == 0).Count(value => value >= low && value < high));
        Assert.IsTrue(counts.All(static count => count is > 90 and < 120));
    }
}
