using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassOutcomes outcomes, int topKPredictionCount)
    {
        Contracts.CheckParam(topKPredictionCount >= 0, nameof(topKPredictionCount), "Must not be negative");
        var rows = outcomes.Rows;
        MicroAccuracy = rows > 0 ? outcomes.RowsOfRank[0] / rows : 0;
        MacroAccuracy = outcomes.RowsOfClass.Select((count, i) => (count, right: outcomes.Confusion[i][i]))
            .Where(pair => pair.count > 0).Select(pair => pair.right / pair.count).DefaultIfEmpty(0).Average();
        LogLoss = rows > 0 ? outcomes.LogLoss / rows : 0;
        var entropy = -outcomes.RowsOfClass.Where(count => count > 0).Sum(count => count * Math.Log(count / rows)) / rows;
        LogLossReduction = (entropy - LogLoss) / entropy;
        PerClassLogLoss = [.. outcomes.LogLossOfClass.Select((loss, i) => outcomes.RowsOfClass[i] > 0 ? loss / outcomes.RowsOfClass[i] : 0)];
        ConfusionMatrix = new ConfusionMatrix(outcomes.Confusion, outcomes.ClassNames, isBinary: false);
        TopKPredictionCount = topKPredictionCount;
        if (topKPredictionCount > 0)
        {
            double right = 0;
            TopKAccuracyForAllK = [.. outcomes.RowsOfRank.Take(topKPredictionCount).Select(count => (right += count) / rows)];
        }
    }

    /// <summary>The mean in nats.</summary>
    public double LogLoss { get; }

    /// <summary>How much of the labels' entropy the scores take away: 1 at best.</summary>
    public double LogLossReduction { get; }

    /// <summary>The mean over classes of the share of their rows that were predicted right.</summary>
    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy => TopKAccuracyForAllK is { Count: > 0 } accuracies ? accuracies[^1] : 0;

    public int TopKPredictionCount { get; }

    /// <summary>For k from 1 up, the share of rows whose label had one of the k highest scores; null unless asked for.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
