using Microsoft.ML.Data;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class FitTests
{
    [TestMethod]
    public void Each_kind_of_label_is_searched_trained_exported_and_checked()
    {
        foreach (var view in TestRows.All(120))
        {
            using var model = Estimator().Fit(view);

            Assert.IsTrue(model.ParityReport!.Agrees);
            Assert.IsNotNull(model.Architecture);
            var scored = model.Transform(view);
            var classes = scored.Schema["Score"].Type is VectorDataViewType vector ? vector.Size : 1;
            Assert.HasCount(120 * classes, RawColumns.Values<float>(scored, scored.Schema["Score"]));
        }
    }

    [TestMethod]
    public void A_point_of_the_pareto_front_is_trained_and_exported_like_any_other_model()
    {
        var ml = new MLContext(1);
        var view = TestRows.Binary(200);
        var options = Options();
        (options.Strategy, options.MaxTrials, options.MaxSearchTimeInSeconds, options.EpochsPerTrial) = (SearchStrategies.Nsga2(), 6, null, 1);
        options.Objectives = [Objectives.Parameters()];
        using var model = ml.Nas().SearchArchitecture(options).Fit(view);
        var smallest = model.Result!.ParetoFront.MinBy(static trial => trial.Objectives["parameters"])!;

        using var small = ml.Nas().TrainArchitecture(smallest.Architecture, options).Fit(view);

        Assert.AreEqual(smallest.Architecture.Genotype, small.Architecture!.Genotype);
        Assert.IsEmpty(small.Result!.Trials);
        Assert.IsTrue(small.ParityReport!.Agrees);
        Assert.IsTrue(double.IsFinite(small.Result.ValidationMetric));
    }

    [TestMethod]
    public void A_pipeline_may_go_on_after_it()
    {
        var ml = new MLContext(1);
        var view = TestRows.Multiclass(120);

        using var model = ml.Transforms.CopyColumns("Age2", "Age").SearchArchitecture(ml, Options())
            .Append(ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")).Fit(view);

        Assert.Contains(TransformTests.Column<ReadOnlyMemory<char>>(model.Transform(view), "Name")[0].ToString(), new[] { "ant", "bee", "cat" });
    }

    [TestMethod]
    public void A_missing_column_is_dropped_with_a_warning_and_progress_is_reported()
    {
        var ml = new MLContext(1);
        var log = new List<string>();
        ml.Log += (_, message) => log.Add(message.Message);
        var view = TestRows.Binary(120).Single("Nothing", [.. Enumerable.Repeat(float.NaN, 120)]);
        var progress = new List<SearchProgress>();
        var options = Options();
        options.FeatureColumnNames = ["Age", "Nothing"];
        options.Progress = new Observer(progress);

        using var model = ml.Nas().SearchArchitecture(options).Fit(view);

        Assert.IsTrue(log.Any(static line => line.Contains("'Nothing'", StringComparison.Ordinal)));
        CollectionAssert.IsSubsetOf(new[] { SearchPhase.Searching, SearchPhase.Training, SearchPhase.Exporting }, progress.Select(static report => report.Phase).ToArray());
        Assert.AreEqual(1, progress[^1].Fraction);
    }

    [TestMethod]
    public void Bad_data_is_refused_before_any_training()
    {
        Assert.ThrowsExactly<TrainingDataException>(() => Estimator().Fit(TestRows.Binary(0)));
        Assert.ThrowsExactly<TrainingDataException>(() => Estimator().Fit(TestRows.Multiclass(5)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext(1).Nas().SearchArchitecture("Missing").Fit(TestRows.Binary()));
    }

    [TestMethod]
    public void A_search_cancelled_at_its_start_throws()
    {
        var options = Options();
        options.CancellationToken = new(canceled: true);

        Assert.ThrowsExactly<OperationCanceledException>(() => new MLContext(1).Nas().SearchArchitecture(options).Fit(TestRows.Binary()));
    }

    [TestMethod]
    public void Refitting_on_all_rows_and_ensembles_are_exported_alike()
    {
        var options = Options();
        (options.RefitOnAllRows, options.EnsembleSize, options.MaxTrials) = (true, 2, 2);

        using var model = new MLContext(1).Nas().SearchArchitecture(options).Fit(TestRows.Regression(120));

        Assert.IsTrue(model.ParityReport!.Agrees);
        Assert.HasCount(2, model.Result!.Architectures);
    }

    private static SearchOptions Options() => new()
    {
        FeatureColumnNames = TestRows.Features,
        Strategy = SearchStrategies.Random(),
        MaxTrials = 1,
        EpochsPerTrial = 1,
        MaxTrainingEpochs = 2,
        Threads = 1,
    };

    private static ArchitectureSearchEstimator Estimator() => new MLContext(1).Nas().SearchArchitecture(Options());

    private sealed class Observer(List<SearchProgress> reports) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => reports.Add(value);
    }
}
