using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>The areas under the curves that a ranking by score gives.</summary>
internal static class RankCurves
{
    /// <summary>The chance that a positive ranks above a negative, ties counting half.</summary>
    public static double AreaUnderRoc(BinaryOutcomes outcomes)
    {
        double positives = 0, negatives = 0, area = 0;
        foreach (var tied in Descending(outcomes).GroupBy(i => outcomes.Scores[i]))
        {
            double tiedPositives = tied.Count(i => outcomes.Labels[i]);
            var tiedNegatives = tied.Count() - tiedPositives;
            area += (positives * tiedNegatives) + (0.5 * tiedPositives * tiedNegatives);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }

        Contracts.CheckParam(positives > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
        Contracts.CheckParam(negatives > 0, "NegSample", "AUC is not defined when there is no negative class in the data");
        return area / (positives * negatives);
    }

    /// <summary>By trapezoids between the points at positives; tied rows stay in their order.</summary>
    public static double AreaUnderPrecisionRecall(BinaryOutcomes outcomes)
    {
        double positives = outcomes.Labels.Count(label => label);
        double seenPositives = 0, seen = 0, area = 0, lastPrecision = 1;
        foreach (var i in Descending(outcomes))
        {
            seen++;
            if (outcomes.Labels[i])
                seenPositives++;
            var precision = seenPositives / seen;
            if (outcomes.Labels[i])
                area += (lastPrecision + precision) / (2 * positives);
            lastPrecision = precision;
        }

        return area;
    }

    private static IEnumerable<int> Descending(BinaryOutcomes outcomes)
        => Enumerable.Range(0, outcomes.Scores.Count).OrderByDescending(i => outcomes.Scores[i]);
}
