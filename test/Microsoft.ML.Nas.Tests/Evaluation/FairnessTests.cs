using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Tests.Evaluation;

[TestClass]
public sealed class FairnessTests
{
    /// <summary>
    /// Group a: labels 1 1 0 0 0, predicted 1 0 1 0 0. Group b: labels 1 1 0, predicted 1 1 0. By hand: selection 2/5 and 2/3, true positives
    /// 1/2 and 1, false positives 1/3 and 0, accuracy 3/5 and 1.
    /// </summary>
    [TestMethod]
    public void Differences_between_groups_by_hand()
    {
        var answers = new ValidationAnswers(new Predictions([0.9f, 0.1f, 0.8f, 0.2f, 0.3f, 0.7f, 0.6f, 0.4f], 1), [1, 1, 0, 0, 0, 1, 1, 0], null);
        var report = FairnessReport.Of("sex", answers, ["a", "a", "a", "a", "a", "b", "b", "b"], SearchMetric.Accuracy, LearningTask.BinaryClassification);

        CollectionAssert.AreEqual(new[] { "a", "b" }, report.Groups.Select(static group => group.Group).ToArray());
        Assert.AreEqual(new GroupResult("a", 5, 0.6, 0.4, 0.5, 1.0 / 3), report.Groups[0]);
        Assert.AreEqual(new GroupResult("b", 3, 1, 2.0 / 3, 1, 0), report.Groups[1]);
        Assert.AreEqual(2.0 / 3 - 0.4, report.DemographicParityDifference, 1e-12);
        Assert.AreEqual(0.5, report.EqualOpportunityDifference, 1e-12);
        Assert.AreEqual(0.5, report.EqualizedOddsDifference, 1e-12);
        Assert.AreEqual(0.4, report.MetricDifference, 1e-12);
    }

    [TestMethod]
    public void Rows_count_by_their_weight_and_a_group_without_positives_has_no_true_positive_rate()
    {
        var answers = new ValidationAnswers(new Predictions([0.9f, 0.1f, 0.2f], 1), [1, 1, 0], [3f, 1f, 1f]);
        var report = FairnessReport.Of("sex", answers, ["a", "a", "b"], SearchMetric.Accuracy, LearningTask.BinaryClassification);

        Assert.AreEqual(0.75, report.Groups[0].TruePositiveRate);
        Assert.IsTrue(double.IsNaN(report.Groups[1].TruePositiveRate));
        Assert.AreEqual(0, report.EqualOpportunityDifference, "One group alone differs from nothing.");
    }

    [TestMethod]
    public void Other_tasks_have_the_metric_alone()
    {
        var answers = new ValidationAnswers(new Predictions([1f, 2f, 3f], 1), [1, 2, 5], null);
        var report = FairnessReport.Of("sex", answers, ["a", "a", "b"], SearchMetric.MeanAbsoluteError, LearningTask.Regression);

        Assert.AreEqual(2, report.MetricDifference);
        Assert.IsTrue(double.IsNaN(report.DemographicParityDifference));
    }
}
