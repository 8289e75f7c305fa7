using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Reports.Statistics;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Tests.Reports;

[TestClass]
public sealed class StatisticsTests
{
    [TestMethod]
    public void Confusion_of_two_classes_by_hand()
    {
        var matrix = ConfusionMatrix.Of(new(new Predictions([0.9f, 0.6f, 0.2f, 0.7f], 1), [1, 0, 0, 1], null));
        Assert.AreEqual(1, matrix[0, 0]);
        Assert.AreEqual(1, matrix[0, 1]);
        Assert.AreEqual(0, matrix[1, 0]);
        Assert.AreEqual(2, matrix[1, 1]);
        Assert.AreEqual(0.5, matrix.Recall(0));
        Assert.AreEqual(2.0 / 3, matrix.Precision(1), 1e-12);
    }

    [TestMethod]
    public void Confusion_of_more_classes_counts_weights()
    {
        var matrix = ConfusionMatrix.Of(new(new Predictions([0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f], 3), [0, 1], [2f, 3f]));
        Assert.AreEqual(2, matrix[0, 0]);
        Assert.AreEqual(3, matrix[1, 2]);
        Assert.IsTrue(double.IsNaN(matrix.Recall(2)));
    }

    /// <summary>Two ranges: 0.25 said of two rows of which one is positive, 0.95 of two that both are: (0.25 + 0.05) / 2.</summary>
    [TestMethod]
    public void Calibration_of_two_classes_by_hand()
    {
        var calibration = Calibration.Of(new(new Predictions([0.25f, 0.25f, 0.95f, 0.95f], 1), [0, 1, 1, 1], null));
        Assert.AreEqual(0.15, calibration.ExpectedError, 1e-6);
        Assert.HasCount(2, calibration.Bins);
        Assert.AreEqual(0.5, calibration.Bins[0].True);
        Assert.AreEqual(1, calibration.Bins[1].True);
    }

    /// <summary>The most probable class is said with 0.8 twice and right once, and with 0.4 once and wrong: (2 · 0.3 + 0.4) / 3.</summary>
    [TestMethod]
    public void Calibration_of_more_classes_is_that_of_the_class_chosen()
    {
        var calibration = Calibration.Of(new(new Predictions([0.8f, 0.1f, 0.1f, 0.8f, 0.1f, 0.1f, 0.3f, 0.4f, 0.3f], 3), [0, 1, 2], null));
        Assert.AreEqual((2 * 0.3 + 0.4) / 3, calibration.ExpectedError, 1e-6);
    }

    /// <summary>scipy.stats.kendalltau and spearmanr 1.10 of the same lists.</summary>
    [TestMethod]
    public void Rank_correlations_are_those_of_scipy()
    {
        double[] a = [12, 2, 1, 12, 2, 7], b = [1, 4, 7, 1, 0, 3];
        Assert.AreEqual(-0.5188745216627709, RankCorrelation.Kendall(a, b), 1e-10);
        Assert.AreEqual(-0.5373732906238788, RankCorrelation.Spearman(a, b), 1e-10);
        Assert.IsTrue(double.IsNaN(RankCorrelation.Kendall([1, 1], [1, 2])));
    }
}
