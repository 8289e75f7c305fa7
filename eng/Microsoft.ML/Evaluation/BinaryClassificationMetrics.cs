namespace Microsoft.ML.Data;

public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryOutcomes outcomes)
    {
        double truePositives = 0, falseNegatives = 0, falsePositives = 0, trueNegatives = 0;
        for (var i = 0; i < outcomes.Labels.Count; i++)
        {
            if (outcomes.Labels[i])
                _ = outcomes.Scores[i] > 0 ? truePositives++ : falseNegatives++;
            else
                _ = outcomes.Scores[i] > 0 ? falsePositives++ : trueNegatives++;
        }

        AreaUnderRocCurve = RankCurves.AreaUnderRoc(outcomes);
        AreaUnderPrecisionRecallCurve = RankCurves.AreaUnderPrecisionRecall(outcomes);
        ConfusionMatrix = new ConfusionMatrix([[truePositives, falseNegatives], [falsePositives, trueNegatives]], outcomes.ClassNames, isBinary: true);
        Accuracy = (truePositives + trueNegatives) / outcomes.Labels.Count;
        PositivePrecision = ConfusionMatrix.PerClassPrecision[0];
        PositiveRecall = ConfusionMatrix.PerClassRecall[0];
        NegativePrecision = ConfusionMatrix.PerClassPrecision[1];
        NegativeRecall = ConfusionMatrix.PerClassRecall[1];
        var sum = PositivePrecision + PositiveRecall;
        F1Score = sum == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / sum;
    }

    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
