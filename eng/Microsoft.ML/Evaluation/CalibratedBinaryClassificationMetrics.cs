using System;
using System.Linq;

namespace Microsoft.ML.Data;

public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryOutcomes outcomes) : base(outcomes)
    {
        double count = outcomes.Labels.Count;
        LogLoss = outcomes.LogLoss / count;
        Entropy = EntropyOf(outcomes.Labels.Count(label => label) / count);
        LogLossReduction = (Entropy - LogLoss) / Entropy;
    }

    /// <summary>The mean in bits.</summary>
    public double LogLoss { get; }

    /// <summary>How much of the entropy the probabilities take away: 1 at best, 0 for the share of positives as everyone's probability.</summary>
    public double LogLossReduction { get; }

    /// <summary>Of the labels, in bits.</summary>
    public double Entropy { get; }

    private static double EntropyOf(double share)
        => share is 0 or 1 ? 0 : -(share * Math.Log(share, 2)) - ((1 - share) * Math.Log(1 - share, 2));
}
