using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.ML.Nas.Tests.Pipeline;
using Microsoft.ML.Nas.Tests.Strategies;

namespace Microsoft.ML.Nas.Tests.Reports;

[TestClass]
public sealed class SearchMonitorTests
{
    [TestMethod]
    public void The_page_shows_the_trials_so_far_and_asks_nobody_but_its_own_server()
    {
        var monitor = new SearchMonitor();
        using var split = TestData.Xor();
        using (Searches.Run("random", split, report: monitor.Report)) { }

        using var stream = new MemoryStream();
        monitor.WritePage(stream);

        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("connect-src 'self'", text);
        Assert.DoesNotContain("http:", text.Replace("http-equiv", "", StringComparison.Ordinal));
        using var reader = XmlReader.Create(new MemoryStream(stream.ToArray()), new() { DtdProcessing = DtdProcessing.Ignore });
        var page = XDocument.Load(reader);
        Assert.AreEqual(4, page.Descendants("table").Single(static table => (string?)table.Attribute("class") == "trials").Element("tbody")!.Elements("tr").Count());
        Assert.HasCount(1, page.Descendants("progress").ToArray());
    }

    [TestMethod]
    public void There_is_a_page_before_anything_was_reported_and_reports_are_passed_on()
    {
        var passed = new List<SearchProgress>();
        var monitor = new SearchMonitor(new Observer(passed));
        using var stream = new MemoryStream();
        monitor.WritePage(stream);
        Assert.IsGreaterThan(0, stream.Length);
        var report = new SearchProgress(SearchPhase.Searching, 0.5, TimeSpan.Zero, 0, 0, null, null, "half");
        monitor.Report(report);
        CollectionAssert.AreEqual(new[] { report }, passed);
    }

    [TestMethod]
    public void A_study_is_watched_from_outside_with_the_options_that_its_trials_took()
    {
        using var folder = new TemporaryFolder();
        var options = new SearchOptions { FeatureColumnNames = TestRows.Features, Strategy = SearchStrategies.Random(), MaxTrials = 3, EpochsPerTrial = 1, MaxTrainingEpochs = 1, Threads = 1, Study = folder.File("a study.db") };
        using var model = new MLContext(1).Nas().SearchArchitecture(options).Fit(TestRows.Binary(120));

        using var stream = new MemoryStream();
        new MLContext(1).Nas().Watch(options.Study).WritePage(stream);

        using var reader = XmlReader.Create(new MemoryStream(stream.ToArray()), new() { DtdProcessing = DtdProcessing.Ignore });
        var page = XDocument.Load(reader);
        var cells = page.Descendants("table").Single(static table => (string?)table.Attribute("class") == "trials").Descendants("td").Select(static cell => cell.Value).ToArray();
        foreach (var trial in model.Result!.Trials)
            Assert.Contains(string.Join(", ", trial.Architecture.Decisions.Select(static pair => $"{pair.Key}={pair.Value}")), cells);
        Assert.Contains("The search has ended.", page.Descendants("p").Select(static text => text.Value).ToArray());
    }

    [TestMethod]
    public void A_study_that_is_not_there_is_an_error_that_says_so()
    {
        using var folder = new TemporaryFolder();
        using var stream = new MemoryStream();
        Assert.ThrowsExactly<StudyException>(() => new MLContext(1).Nas().Watch(folder.File("none.db")).WritePage(stream));
    }

    private sealed class Observer(List<SearchProgress> reports) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => reports.Add(value);
    }
}
