using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies.Storage;
using Microsoft.ML.Nas.Tests.Strategies;

namespace Microsoft.ML.Nas.Tests.Studies;

/// <summary>Searches that end early and go on, in one process.</summary>
[TestClass]
public sealed class ResumedSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataSplit _data = TestData.Xor();

    private string Study => _folder.File("search.db");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow("random")]
    [DataRow("reinforce")]
    [DataRow("darts")]
    public void ASearchThatGoesOnEndsAsOneThatWasNotStopped(string strategy)
    {
        using var unstopped = Search(null, strategy);
        using (var stop = new CancellationTokenSource())
            Search(Study, strategy, options => options.CancellationToken = stop.Token, progress =>
            {
                if (progress.Trial?.Number == 1) stop.Cancel();
            }).Dispose();
        using var resumed = Search(Study, strategy);
        Assert.AreEqual(unstopped.SearchId, resumed.SearchId);
        Assert.AreEqual(unstopped.ValidationMetric, resumed.ValidationMetric);
        CollectionAssert.AreEqual(unstopped.Trials.Select(static trial => trial.Metric).ToArray(), resumed.Trials.Select(static trial => trial.Metric).ToArray());
    }

    [TestMethod]
    public void WhatIsRecordedIsNotTrainedAgain()
    {
        using var first = Search(Study, "random");
        using var second = Search(Study, "random");
        // The time that a training took is never the same twice.
        CollectionAssert.AreEqual(first.Trials.Select(static trial => trial.Seconds).ToArray(), second.Trials.Select(static trial => trial.Seconds).ToArray());
        CollectionAssert.AreEqual(first.Trials[0].Curve.ToArray(), second.Trials[0].Curve.ToArray());
        Assert.AreEqual(first.ValidationMetric, second.ValidationMetric);
        using var storage = StudyStorage.OpenToRead(Study);
        Assert.HasCount(2, storage.Runs());
        Assert.AreEqual(second.Manifest.ToJson(), storage.Outcome);
    }

    [TestMethod]
    [DataRow("random")]
    [DataRow("darts")]
    public void AFinishedSearchGoesOnWithALargerBudget(string strategy)
    {
        using var small = Search(Study, strategy, static options => options.MaxTrials = 3);
        using var larger = Search(Study, strategy, static options => (options.MaxTrials, options.MaxEpochs) = (6, 9));
        CollectionAssert.AreEqual(small.Trials.Select(static trial => trial.Seconds).ToArray(), larger.Trials.Take(3).Select(static trial => trial.Seconds).ToArray());
        Assert.HasCount(6, larger.Trials);
        Assert.AreEqual(small.SupernetEpochs, larger.SupernetEpochs);
    }

    [TestMethod]
    [DataRow("random")]
    [DataRow("darts")]
    [DataRow("single path")]
    [DataRow("proxy")]
    [DataRow("warm start")]
    [DataRow("filter")]
    [DataRow("reinforce, shared weights")]
    public void ATimeLimitedSearchCountsTheTimeThatEarlierRunsUsed(string strategy)
    {
        void OneSecond(SearchOptions options) => (options.MaxTrials, options.MaxSearchTimeInSeconds) = (null, 1);
        using var first = Search(Study, strategy, OneSecond);
        using var second = Search(Study, strategy, OneSecond);
        Assert.AreEqual((first.EpochsPerTrial, first.MaxMacs), (second.EpochsPerTrial, second.MaxMacs));
        CollectionAssert.AreEqual(first.Trials.Select(static trial => trial.Seconds).ToArray(), second.Trials.Select(static trial => trial.Seconds).ToArray());
    }

    [TestMethod]
    public void AFitWithoutASeedTakesTheStudysAndOtherDataIsRefusedWithWhatDiffers()
    {
        var ml = new MLContext();
        var rows = Enumerable.Range(0, 60).Select(static row => new Row { Label = row % 3 == 0, Height = row, Name = row % 2 == 0 ? "a" : "b" }).ToList();
        using var first = Fit();
        using var second = Fit();
        Assert.AreEqual(first.Result!.Seed, second.Result!.Seed);
        Assert.AreEqual(first.Result.SearchId, second.Result.SearchId);

        rows[7].Height = -1;
        Refuses("data columns 'Height' has other content than in the study", () => Fit());
        rows.RemoveAt(59);
        Refuses("data rows is 60 in the study and 59 now", () => Fit());

        ArchitectureTransformer Fit() => ml.Nas().SearchArchitecture(new SearchOptions { Study = Study, Strategy = SearchStrategies.Random(), MaxTrials = 1, EpochsPerTrial = 1, MaxTrainingEpochs = 1 })
            .Fit(ml.Data.LoadFromEnumerable(rows));
    }

    [TestMethod]
    public void AnotherSearchIsRefusedWithWhatDiffers()
    {
        Search(Study, "random", static options => options.MaxTrials = 1).Dispose();
        var before = File.ReadAllBytes(Study);
        Refuses("space decisions 'blocks[0].activation' options is [\"relu\",\"silu\"] in the study and [\"relu\",\"silu\",\"extra\"] now",
            () => Search(Study, "random", static options => options.Space = TestData.SmallSpace(new Gelu())));
        Refuses("strategy name is \"Random\" in the study and \"DARTS\" now", () => Search(Study, "darts"));
        Refuses("seed is 1 in the study and 2 now", () => Search(Study, "random", seed: 2));
        Refuses("protocol metric is \"AreaUnderRocCurve\" in the study and \"LogLoss\" now", () => Search(Study, "random", static options => options.Metric = SearchMetric.LogLoss));
        Refuses("protocol epochsPerTrial is 2 in the study and 3 now", () => Search(Study, "random", static options => options.EpochsPerTrial = 3));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(Study));
    }

    [TestMethod]
    public void AStrategysOptionsAreComparedToo()
    {
        Search(Study, "darts", static options => options.Strategy = SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3, WeightDecay = 0.02 })).Dispose();
        Refuses("WeightDecay is 0.02 in the study and 0.03 now",
            () => Search(Study, "darts", static options => options.Strategy = SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3, WeightDecay = 0.03 })));
        Refuses("EigenvalueRatio is 0.75 in the study and 0.5 now",
            () => Search(Study, "darts", static options => options.Strategy = SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3, WeightDecay = 0.02, Collapse = { EigenvalueRatio = 0.5 } })));
    }

    [TestMethod]
    public void ABaselineIsARandomSearchOfTheSameSizeAndIsRecordedToo()
    {
        using var result = Search(Study, "darts", static options => options.ReportBaseline = true);
        // Two supernet epochs count as one trial of two epochs.
        Assert.AreEqual(result.Trials.Count + 1, result.Baseline!.Trials.Count);
        Assert.AreEqual("Random", result.Baseline.Trials.Select(static trial => trial.Origin).Distinct().Single());
        Assert.AreEqual(result.Baseline.Trials.Max(static trial => trial.Metric), result.Baseline.Best!.Metric);
        using var storage = StudyStorage.OpenToRead(Study);
        Assert.HasCount(result.Baseline.Trials.Count, storage.Trials("baseline"));
    }

    private static void Refuses(string difference, Action search) => Assert.Contains(difference, Assert.ThrowsExactly<StudyException>(search).Message);

    private SearchResult Search(string? study, string strategy, Action<SearchOptions>? change = null, Action<SearchProgress>? report = null, int seed = 1)
    {
        using var storage = study is null ? null : StudyStorage.Open(study, shared: false);
        var options = new SearchOptions { Strategy = Searches.All[strategy](), Space = TestData.SmallSpace(), MaxTrials = 4, MaxEpochs = 2, EpochsPerTrial = 2, MaxTrainingEpochs = 3 };
        change?.Invoke(options);
        return ArchitectureSearch.Run(new SearchProblem([_data]), options, seed, report ?? (static _ => { }), storage);
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float Height { get; set; }

        public string Name { get; set; } = "";
    }
}
