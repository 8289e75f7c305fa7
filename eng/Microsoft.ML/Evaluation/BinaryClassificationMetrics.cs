namespace Microsoft.ML.Data;

public class BinaryClassificationMetrics
{
    private protected BinaryClassificationMetrics()
    {
    }

    internal BinaryClassificationMetrics(double auc) => AreaUnderRocCurve = auc;

    public double AreaUnderRocCurve { get; private protected init; }

    public double Accuracy { get; private protected init; }

    public double PositivePrecision { get; private protected init; }

    public double PositiveRecall { get; private protected init; }

    public double NegativePrecision { get; private protected init; }

    public double NegativeRecall { get; private protected init; }

    public double F1Score { get; private protected init; }

    public double AreaUnderPrecisionRecallCurve { get; private protected init; }

    public ConfusionMatrix ConfusionMatrix { get; private protected init; }
}
