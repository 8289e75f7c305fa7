using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Tests.Evaluation;

[TestClass]
public sealed class ScoresTests
{
    [TestMethod]
    public void Auc_is_the_share_of_pairs_in_the_right_order()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            var labels = Enumerable.Range(0, 30).Select(i => i < 2 ? i : (float)random.Next(2)).ToArray();
            var scores = labels.Select(_ => random.Next(8) / 8f).ToArray();
            var weights = labels.Select(_ => (float)random.NextDouble()).ToArray();
            double right = 0, pairs = 0;
            for (var p = 0; p < 30; p++)
                for (var n = 0; n < 30; n++)
                {
                    if (labels[p] < 0.5 || labels[n] > 0.5) continue;
                    var weight = (double)weights[p] * weights[n];
                    pairs += weight;
                    right += weight * (scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0);
                }
            Assert.AreEqual(right / pairs, Scores.Of(SearchMetric.AreaUnderRocCurve, new(scores, 1), labels, weights), 1e-9);
        }
    }

    [TestMethod]
    public void Class_metrics_on_a_case_done_by_hand()
    {
        var predictions = new Predictions([0.7f, 0.2f, 0.1f, 0.1f, 0.6f, 0.3f, 0.5f, 0.3f, 0.2f], 3);
        float[] labels = [0, 1, 2];
        Assert.AreEqual(2 / 3.0, Scores.Of(SearchMetric.Accuracy, predictions, labels), 1e-9);
        Assert.AreEqual(-(Math.Log(0.7) + Math.Log(0.6) + Math.Log(0.2)) / 3, Scores.Of(SearchMetric.LogLoss, predictions, labels), 1e-6);
    }

    [TestMethod]
    public void Regression_metrics_on_a_case_done_by_hand()
    {
        var predictions = new Predictions([1, 2, 6], 1);
        float[] labels = [1, 4, 4];
        Assert.AreEqual(Math.Sqrt(8 / 3.0), Scores.Of(SearchMetric.RootMeanSquaredError, predictions, labels), 1e-6);
        Assert.AreEqual(4 / 3.0, Scores.Of(SearchMetric.MeanAbsoluteError, predictions, labels), 1e-6);
        Assert.AreEqual(1 - 8 / 6.0, Scores.Of(SearchMetric.RSquared, predictions, labels), 1e-6);
    }
}
