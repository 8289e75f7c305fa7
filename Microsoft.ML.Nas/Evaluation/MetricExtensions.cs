namespace Microsoft.ML.Nas.Evaluation;

/// <summary>What is known of each metric.</summary>
internal static class MetricExtensions
{
    public static SearchMetric DefaultFor(LearningTask task) => task switch
    {
        LearningTask.BinaryClassification => SearchMetric.AreaUnderRocCurve,
        LearningTask.MulticlassClassification or LearningTask.SequenceLabeling => SearchMetric.Accuracy,
        _ => SearchMetric.RootMeanSquaredError,
    };

    public static bool Fits(this SearchMetric metric, LearningTask task) => metric switch
    {
        SearchMetric.AreaUnderRocCurve => task == LearningTask.BinaryClassification,
        SearchMetric.EntityF1 => task == LearningTask.SequenceLabeling,
        SearchMetric.Accuracy or SearchMetric.MacroAccuracy or SearchMetric.LogLoss => task != LearningTask.Regression,
        _ => task == LearningTask.Regression,
    };

    /// <summary>Whether higher is better; those metrics are shares, 1 at best.</summary>
    public static bool HigherIsBetter(this SearchMetric metric) =>
        metric is SearchMetric.AreaUnderRocCurve or SearchMetric.Accuracy or SearchMetric.RSquared or SearchMetric.MacroAccuracy or SearchMetric.EntityF1;

    /// <summary>The metric turned so that higher is better.</summary>
    public static double AsReward(this SearchMetric metric, double value) => metric.HigherIsBetter() ? value : -value;

    /// <summary>What people call the metric.</summary>
    public static string DisplayName(this SearchMetric metric) => metric switch
    {
        SearchMetric.AreaUnderRocCurve => "AUC",
        SearchMetric.Accuracy => "accuracy",
        SearchMetric.LogLoss => "log-loss",
        SearchMetric.RootMeanSquaredError => "RMSE",
        SearchMetric.MeanAbsoluteError => "MAE",
        SearchMetric.RSquared => "R²",
        SearchMetric.MacroAccuracy => "macro accuracy",
        SearchMetric.EntityF1 => "entity F1",
        _ => metric.ToString(),
    };
}
