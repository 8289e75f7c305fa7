using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas.Training;

/// <summary>The loss that early stopping watches: log-loss, or the squared error in units of the label's standard deviation.</summary>
internal static class ValidationLoss
{
    public static double Of(DataSplit split, Predictions predictions)
    {
        if (!predictions.AreFinite) return double.NaN;
        var answers = ValidationAnswers.Of(split, predictions);
        if (split.Target.Task != LearningTask.Regression) return answers.Score(SearchMetric.LogLoss);
        var error = answers.Score(SearchMetric.RootMeanSquaredError) / split.Target.Scale;
        return error * error;
    }
}
