using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation.Robustness;
using Microsoft.ML.Nas.Tests.Data;
using Microsoft.ML.Nas.Tests.Pipeline;

namespace Microsoft.ML.Nas.Tests.Evaluation;

[TestClass]
public sealed class RobustnessTests
{
    [TestMethod]
    public void Exactly_the_share_of_class_labels_is_wrong_and_every_other_class_is_as_likely()
    {
        var labels = Enumerable.Range(0, 3000).Select(static row => (float)(row % 3)).ToArray();
        var noisy = LabelNoise.Corrupt(labels, new Target(LearningTask.MulticlassClassification, 3), 0.4, new Random(1));

        var wrong = labels.Zip(noisy).Where(static pair => pair.First != pair.Second).ToArray();
        Assert.HasCount(1200, wrong);
        // One step on or two steps on, each half of the time; four standard deviations.
        Assert.AreEqual(600, wrong.Count(static pair => ((int)pair.Second - (int)pair.First + 3) % 3 == 1), 4 * Math.Sqrt(300));
    }

    [TestMethod]
    public void Wrong_labels_of_a_regression_are_labels_of_other_rows()
    {
        var labels = Enumerable.Range(0, 1000).Select(static row => (float)row).ToArray();
        var noisy = LabelNoise.Corrupt(labels, new Target(LearningTask.Regression, 1), 0.2, new Random(1));
        Assert.IsInRange(195, 200, labels.Zip(noisy).Count(static pair => pair.First != pair.Second));
        CollectionAssert.IsSubsetOf(noisy.Distinct().ToArray(), labels);
    }

    [TestMethod]
    public void Noise_has_the_standard_deviation_asked_for_leaves_missing_values_and_keeps_to_known_categories()
    {
        var table = (RawTable)TestRows.Regression(4000).Read(TestRows.Options);
        var rows = table.AllRows();
        var encoder = (FeatureEncoder)table.FitEncoder(rows);
        var noisy = FeatureNoise.Apply(table, encoder, rows, rows, 0.5, new Random(1));

        var std = 1 / encoder.Numbers[0].InverseStd;
        var differences = rows.Where(row => !double.IsNaN(table.Numbers[0][row])).Select(row => noisy.Numbers[0][row] - table.Numbers[0][row]).ToArray();
        Assert.AreEqual(0, differences.Average(), 4 * 0.5 * std / Math.Sqrt(differences.Length));
        Assert.AreEqual(0.5 * std, Math.Sqrt(differences.Average(static one => one * one)), 0.02 * std);
        Assert.AreEqual(rows.Count(row => double.IsNaN(table.Numbers[0][row])), rows.Count(row => double.IsNaN(noisy.Numbers[0][row])));
        // Half of the categories are drawn anew from four values, three of which differ.
        var texts = table.Categories[0];
        var changed = rows.Count(row => texts.Codes[row] != noisy.Categories[0].Codes[row]);
        Assert.AreEqual(0.5 * 0.75 * rows.Length, changed, 4 * Math.Sqrt(rows.Length * 0.375 * 0.625));
        CollectionAssert.AreEqual(texts.Values.ToArray(), noisy.Categories[0].Values.ToArray());
    }

    [TestMethod]
    public void Numbers_of_few_values_are_groups_and_others_are_divided_at_quartiles()
    {
        CollectionAssert.AreEqual(new[] { "1", "2", RowGroups.Missing }, RowGroups.Ranges([1, 2, double.NaN]));
        var quarters = RowGroups.Ranges([.. Enumerable.Range(0, 101).Select(static number => (double)number)]).CountBy(static name => name).ToDictionary();
        Assert.AreEqual(26, quarters["≤ 25"]);
        Assert.AreEqual(25, quarters["> 25, ≤ 50"]);
        Assert.AreEqual(25, quarters["> 75"]);
    }

    [TestMethod]
    public void A_search_measures_all_that_is_asked_for_and_reports_it()
    {
        foreach (var view in new[] { TestRows.Binary(240), TestRows.Multiclass(240), TestRows.Regression(240) })
        {
            var options = Options();
            options.Robustness = new() { LabelNoise = [0.3], FeatureNoise = [1], ShiftColumn = "City", MaxShiftSlices = 2, SensitiveColumn = "Row" };
            using var folder = new TemporaryFolder();
            using var model = new MLContext(1).Nas().SearchArchitecture(options).Fit(view);

            var robustness = model.Result!.Robustness!;
            Assert.AreEqual(model.Result.ValidationMetric, robustness.Metric);
            Assert.AreEqual(0.3, robustness.LabelNoise.Single().Strength);
            Assert.IsTrue(double.IsFinite(robustness.LabelNoise.Single().Metric));
            Assert.IsTrue(double.IsFinite(robustness.FeatureNoise.Single().Metric));
            Assert.HasCount(2, robustness.Shift);
            Assert.IsTrue(robustness.Shift.All(static slice => slice.Rows > 0));
            Assert.HasCount(4, robustness.Fairness!.Groups, "Quartiles of a number of many values.");
            model.Result.SaveReport(folder.File("report.html"));
            Assert.Contains("Robustness and fairness", File.ReadAllText(folder.File("report.html")));
        }
    }

    [TestMethod]
    public void The_same_search_without_robustness_finds_the_same_model()
    {
        using var plain = new MLContext(1).Nas().SearchArchitecture(Options()).Fit(TestRows.Binary(120));
        var options = Options();
        options.Robustness = new() { SensitiveColumn = "City" };
        using var measured = new MLContext(1).Nas().SearchArchitecture(options).Fit(TestRows.Binary(120));

        Assert.IsNull(plain.Result!.Robustness);
        Assert.AreEqual(plain.Result.ValidationMetric, measured.Result!.ValidationMetric);
        Assert.AreEqual(plain.Result.SearchId, measured.Result.SearchId);
    }

    [TestMethod]
    public void What_cannot_be_measured_is_refused_before_any_training()
    {
        Refused(new() { ShiftColumn = "Nowhere" });
        Refused(new() { SensitiveColumn = "Pair" });
        Refused(new() { LabelNoise = [1.5] });
        Refused(new() { FeatureNoise = [double.NaN] });
        Refused(new() { MaxShiftSlices = 0 });

        static void Refused(RobustnessOptions robustness)
        {
            var options = Options();
            options.Robustness = robustness;
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext(1).Nas().SearchArchitecture(options).Fit(TestRows.Binary(120)));
        }
    }

    private static SearchOptions Options() => new()
    {
        FeatureColumnNames = TestRows.Features,
        Strategy = SearchStrategies.Random(),
        MaxTrials = 1,
        EpochsPerTrial = 1,
        MaxTrainingEpochs = 2,
        Seed = 1,
        Threads = 1,
    };
}
