using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class SearchOptionsTests
{
    [TestMethod]
    public void Options_out_of_range_are_refused_by_name_and_value_before_anything_else()
    {
        Refuse(nameof(SearchOptions.MaxSearchTimeInSeconds), -1.0, new() { MaxSearchTimeInSeconds = -1 });
        Refuse(nameof(SearchOptions.MaxSearchTimeInSeconds), double.NaN, new() { MaxSearchTimeInSeconds = double.NaN });
        Refuse(nameof(SearchOptions.MaxTrainingTimeInSeconds), 0.0, new() { MaxTrainingTimeInSeconds = 0 });
        Refuse(nameof(SearchOptions.MaxTrials), 0, new() { MaxTrials = 0 });
        Refuse(nameof(SearchOptions.MaxEpochs), -3, new() { MaxEpochs = -3 });
        Refuse(nameof(SearchOptions.EpochsPerTrial), 0, new() { EpochsPerTrial = 0 });
        Refuse(nameof(SearchOptions.MaxTrainingEpochs), 0, new() { MaxTrainingEpochs = 0 });
        Refuse(nameof(SearchOptions.EnsembleSize), 0, new() { EnsembleSize = 0 });
        Refuse(nameof(SearchOptions.Threads), 0, new() { Threads = 0 });
        Refuse(nameof(SearchOptions.ValidationFraction), 0.0, new() { ValidationFraction = 0 });
        Refuse(nameof(SearchOptions.ValidationFraction), 1.0, new() { ValidationFraction = 1 });
        Refuse(nameof(SearchOptions.ValidationFraction), double.NaN, new() { ValidationFraction = double.NaN });
        Refuse(nameof(SearchOptions.Task), (LearningTask)9, new() { Task = (LearningTask)9 });
        Refuse(nameof(SearchOptions.Metric), (SearchMetric)99, new() { Metric = (SearchMetric)99 });
        Refuse(nameof(SearchOptions.ClassWeighting), (ClassWeighting)9, new() { ClassWeighting = (ClassWeighting)9 });
        Refuse(nameof(SearchOptions.Precision), (TrainingPrecision)9, new() { Precision = (TrainingPrecision)9 });
        Refuse(nameof(SearchOptions.Metric), SearchMetric.RSquared, new() { Task = LearningTask.BinaryClassification, Metric = SearchMetric.RSquared });
    }

    [TestMethod]
    public void Column_names_must_be_given_and_differ()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Create(new() { LabelColumnName = " " }));
        Assert.ThrowsExactly<ArgumentException>(() => Create(new() { FeatureColumnNames = [] }));
        Assert.ThrowsExactly<ArgumentException>(() => Create(new() { FeatureColumnNames = ["x", "y", "x"] }));
        Assert.ThrowsExactly<ArgumentException>(() => Create(new() { ExampleWeightColumnName = "Label" }));
    }

    [TestMethod]
    public void Options_that_are_changed_later_have_no_effect()
    {
        var options = new SearchOptions { LabelColumnName = "Churn" };
        var estimator = Create(options);

        options.LabelColumnName = "x";

        var view = new TestView().Boolean("Churn").Single("x");
        Assert.IsTrue(estimator.GetOutputSchema(SchemaShapes.Of(view.Schema)).Any(static column => column.Name == "Probability"));
    }

    [TestMethod]
    public void A_metric_that_does_not_fit_the_data_is_refused_before_it_is_read()
    {
        var view = TestRows.Regression();

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create(new() { Metric = SearchMetric.AreaUnderRocCurve }).Fit(view));

        Assert.AreEqual(nameof(SearchOptions.Metric), error.ParamName);
        Assert.AreEqual(-1, view.FurthestRow);
    }

    private static void Refuse(string option, object value, SearchOptions options)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create(options));
        Assert.AreEqual(option, error.ParamName);
        Assert.AreEqual(value, error.ActualValue);
    }

    private static ArchitectureSearchEstimator Create(SearchOptions options) => new MLContext(1).Nas().SearchArchitecture(options);
}
