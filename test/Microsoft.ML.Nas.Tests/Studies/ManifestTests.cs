using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Tests.Strategies;

namespace Microsoft.ML.Nas.Tests.Studies;

[TestClass]
public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataSplit _data = TestData.Xor();

    private string Path => _folder.File("manifest.json");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    /// <summary>Every strategy that a factory makes without being told anything.</summary>
    public static IEnumerable<object[]> Factories => typeof(SearchStrategies).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(static method => typeof(SearchStrategy).IsAssignableFrom(method.ReturnType) && method.GetParameters().All(static parameter => parameter.HasDefaultValue))
        .Select(static method => new object[] { method.Name });

    [TestMethod]
    [DataRow("random", 0.7)]
    [DataRow("darts", 1.5)]
    [DataRow("darts", 0.01)]
    [DataRow("gdas", 1.0)]
    [DataRow("reinforce, shared weights", 1.0)]
    public void ATimeLimitedSearchIsRepeatedToTheLastDigit(string strategy, double seconds)
    {
        using var first = Search(new SearchOptions
        {
            Space = TestData.SmallSpace(),
            Strategy = Searches.All[strategy](),
            MaxSearchTimeInSeconds = seconds,
            EpochsPerTrial = 20,
            MaxTrainingTimeInSeconds = 0.2,
            ReportBaseline = true,
            ClassWeighting = ClassWeighting.Balanced,
        });
        first.SaveManifest(Path);
        using var second = Search(SearchManifest.Load(Path).ToOptions(TestData.SmallSpace(), Searches.All[strategy]()));
        Assert.AreEqual(first.SearchId, second.SearchId);
        Assert.AreEqual(first.ValidationMetric, second.ValidationMetric);
        Assert.AreEqual(first.Validation.Score(SearchMetric.LogLoss), second.Validation.Score(SearchMetric.LogLoss));
        CollectionAssert.AreEqual(Metrics(first.Trials), Metrics(second.Trials));
        CollectionAssert.AreEqual(Metrics(first.Baseline!.Trials), Metrics(second.Baseline!.Trials));
        // What repeats a search can itself be repeated.
        Assert.AreEqual("", string.Join('\n', JsonDifferences.Between(Lasting(first), Lasting(second))));
    }

    [TestMethod]
    [DataRow("Final training 1 of 4")]
    [DataRow("Final training 2 of 4")]
    [DataRow("Final training 4 of 4")]
    public void ASearchWhoseFinalTrainingWasCancelledIsRepeated(string during)
    {
        using var source = new CancellationTokenSource();
        var problem = new SearchProblem([_data]) { AllRows = () => TestData.Xor(seed: 2) };
        using var first = ArchitectureSearch.Run(problem, new SearchOptions
        {
            Space = TestData.SmallSpace(),
            Strategy = SearchStrategies.Random(),
            MaxTrials = 3,
            EpochsPerTrial = 2,
            MaxTrainingEpochs = 3,
            EnsembleSize = 2,
            CancellationToken = source.Token,
        }, 1, progress =>
        {
            if (progress.Message.StartsWith(during, StringComparison.Ordinal)) source.Cancel();
        });
        Assert.IsTrue(first.WasCancelled);
        first.SaveManifest(Path);
        using var second = ArchitectureSearch.Run(problem, SearchManifest.Load(Path).ToOptions(TestData.SmallSpace(), SearchStrategies.Random()), 1, static _ => { });
        Assert.AreEqual(first.Validation.Score(SearchMetric.LogLoss), second.Validation.Score(SearchMetric.LogLoss));
        Assert.HasCount(first.Networks.Count, second.Networks);
        foreach (var (one, other) in first.Networks.Zip(second.Networks))
        {
            var features = _data.Validation.Features;
            CollectionAssert.AreEqual(one.Predict(features).Values, other.Predict(features).Values);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Factories))]
    public void AShippedStrategyIsFoundByItsDescription(string factory)
    {
        var method = typeof(SearchStrategies).GetMethod(factory)!;
        var strategy = (SearchStrategy)method.Invoke(null, [.. method.GetParameters().Select(static parameter => parameter.DefaultValue)])!;
        var description = JsonNode.Parse(StudyDescription.Of(strategy).ToJsonString(StudyJson.Options))!;
        var found = ManifestParts.Find(description, given: (SearchStrategy?)null);
        Assert.IsTrue(JsonNode.DeepEquals(description, JsonNode.Parse(StudyDescription.Of(found).ToJsonString(StudyJson.Options))));
    }

    [TestMethod]
    public void AStrategyIsFoundWithItsOptions()
    {
        var strategy = SearchStrategies.Darts(new() { BatchSize = 77, WeightDecay = 0.1 + 0.2, SecondOrder = true });
        var found = ManifestParts.Find(JsonNode.Parse(StudyDescription.Of(strategy).ToJsonString(StudyJson.Options))!, given: (SearchStrategy?)null);
        Assert.AreEqual(StudyDescription.Of(strategy).ToJsonString(), StudyDescription.Of(found).ToJsonString());
    }

    [TestMethod]
    public void ASpaceOfOnesOwnMustBeGivenAndBeTheSame()
    {
        using var result = Search(new SearchOptions { Space = TestData.SmallSpace(), Strategy = SearchStrategies.Random(), MaxTrials = 1, EpochsPerTrial = 1, MaxTrainingEpochs = 1 });
        Assert.Contains("is not one that this version of NasMl ships", Assert.ThrowsExactly<InvalidOperationException>(() => result.Manifest.ToOptions()).Message);
        Assert.Contains("decisions 'blocks[0].activation'", Assert.ThrowsExactly<InvalidOperationException>(() => result.Manifest.ToOptions(TestData.SmallSpace(new Gelu()))).Message);
        Assert.Contains("DARTS", Assert.ThrowsExactly<InvalidOperationException>(() => result.Manifest.ToOptions(TestData.SmallSpace(), SearchStrategies.Darts())).Message);
    }

    [TestMethod]
    public void ItHoldsWhatTheChecklistsAskForAndWhatWasMeasured()
    {
        using var result = Search(new SearchOptions { Space = TestData.SmallSpace(), Strategy = SearchStrategies.Random(), MaxTrials = 3, EpochsPerTrial = 1, MaxTrainingEpochs = 1, Study = null });
        result.Manifest.Record("test AUC, \"held out\" – 価格", 0.1 + 0.2);
        result.Manifest.Record("undefined", double.NaN);
        result.SaveManifest(Path);
        var read = SearchManifest.Load(Path);
        Assert.AreEqual(0.1 + 0.2, read.Measurements["test AUC, \"held out\" – 価格"]);
        Assert.AreEqual(double.NaN, read.Measurements["undefined"]);
        var json = JsonNode.Parse(read.ToJson())!;
        foreach (var part in (string[])["space", "strategy", "options", "protocol", "budget", "reached", "finalTraining", "found", "machine", "libraries"]) Assert.IsNotNull(json[part], part);
        Assert.AreEqual(3, json["reached"]!["architectures"]!.GetValue<int>());
        Assert.IsGreaterThan(0.0, json["reached"]!["searchSeconds"]!.GetValue<double>());
        Assert.IsFalse(json["options"]!.AsObject().ContainsKey("study"), "An address may hold a password.");
    }

    [TestMethod]
    [DataRow("{", "is no JSON")]
    [DataRow("[]", "is no manifest")]
    [DataRow("{\"format\":\"nasml-manifest\"}", "without a version")]
    [DataRow("{\"format\":\"nasml-manifest\",\"version\":2}", "version 2")]
    [DataRow("{\"format\":\"nasml-manifest\",\"version\":1}", "lacks")]
    public void WhatIsNoManifestIsRefused(string text, string message)
    {
        File.WriteAllText(Path, text);
        Assert.Contains(message, Assert.ThrowsExactly<FormatException>(() => SearchManifest.Load(Path)).Message);
    }

    [TestMethod]
    public void OtherDataIsDescribed()
    {
        var (then, now) = (Of("a"), Of("b"));
        CollectionAssert.AreEqual(new[] { "data columns 'x' has other content than in the study" }, then.DataDifferences(now).ToArray());
        Assert.IsEmpty(then.DataDifferences(Of("a")));

        static SearchManifest Of(string hash) => new(new JsonObject
        {
            ["data"] = StudyDescription.Of(new DataFingerprint(3, [new("x", "feature", "Single", hash), new("y", "label", "Boolean", "c")], $"all {hash}")),
        });
    }

    private static double[] Metrics(IEnumerable<Trial> trials) => [.. trials.Select(static trial => trial.Metric)];

    /// <summary>All of a manifest that does not depend on the clock or on what limited the search.</summary>
    private static JsonObject Lasting(SearchResult result)
    {
        var json = JsonNode.Parse(result.Manifest.ToJson())!.AsObject();
        foreach (var part in (string[])["started", "options", "budget", "protocol"]) json.Remove(part);
        foreach (var part in (string[])["searchSeconds", "trainingSeconds", "supernetPlan"]) json["reached"]!.AsObject().Remove(part);
        json["baseline"]!.AsObject().Remove("seconds");
        return json;
    }

    private SearchResult Search(SearchOptions options) => ArchitectureSearch.Run(new SearchProblem([_data]), options, options.Seed ?? 1, static _ => { });
}
