using System;

namespace Microsoft.ML.Data;

/// <summary>Metrics over the rows whose label and score are not NaN.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(IDataView data, string labelColumnName, string scoreColumnName)
    {
        Contracts.CheckValue(data, nameof(data));
        var label = EvaluatedColumns.Find(data.Schema, labelColumnName, "Label");
        var score = EvaluatedColumns.Find(data.Schema, scoreColumnName, "Score");
        EvaluatedColumns.CheckSingle(score, "score");
        EvaluatedColumns.CheckSingle(label, "label");

        double count = 0, absolute = 0, squared = 0, labels = 0, squaredLabels = 0;
        using (var cursor = data.GetRowCursor([label, score]))
        {
            var readLabel = EvaluatedColumns.Single(cursor, label);
            var readScore = EvaluatedColumns.Single(cursor, score);
            while (cursor.MoveNext())
            {
                var (target, predicted) = (readLabel(), readScore());
                if (float.IsNaN(target) || float.IsNaN(predicted))
                    continue;
                var error = Math.Abs((double)target - predicted);
                count++;
                absolute += error;
                squared += error * error;
                labels += target;
                squaredLabels += target * target;
            }
        }

        if (count == 0)
            return;
        MeanAbsoluteError = absolute / count;
        MeanSquaredError = squared / count;
        RootMeanSquaredError = Math.Sqrt(MeanSquaredError);
        LossFunction = MeanSquaredError;
        var variation = squaredLabels - (labels * labels / count);
        RSquared = variation == 0 ? double.NaN : 1 - (squared / variation);
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    /// <summary>The squared loss, which is what regression is evaluated by.</summary>
    public double LossFunction { get; }

    /// <summary>NaN where all labels are equal.</summary>
    public double RSquared { get; }
}
