using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Reports;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Tests.Strategies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Tests.Reports;

/// <summary>That reports are whole, safe and small. What they look like is for <c>Benchmarks report</c>, which opens one in a browser.</summary>
[TestClass]
public sealed class ReportTests
{
    private const string Hostile = "\"<script>alert('x')</script>& Größe \u0001 日本";

    [TestMethod]
    [DataRow("darts")]
    [DataRow("reinforce, shared weights")]
    [DataRow("random")]
    public void A_search_saves_a_report_of_itself(string strategy)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("report.html");
        using var split = TestData.Xor();
        using (var result = Searches.Run(strategy, split, options => options.MaxTrials = 12)) result.SaveReport(path);

        var page = Parse(File.ReadAllBytes(path));
        string[] expected = ["Summary", "Architecture", "Progress", "What accuracy costs", "What mattered", "What the model gets wrong", "Cost and settings", "Trials"];
        CollectionAssert.IsSubsetOf(expected, Headings(page));
        Assert.AreEqual(strategy != "random", Headings(page).Contains("How probabilities moved"));
        Assert.AreEqual(strategy == "reinforce, shared weights", Headings(page).Contains("Shared weights against training alone"));
        Assert.AreEqual(12, page.Descendants("table").Single(static table => (string?)table.Attribute("class") == "trials").Element("tbody")!.Elements("tr").Count());
    }

    [TestMethod]
    public void Every_picture_is_described_and_every_id_is_unique()
    {
        var page = Parse(Written(Content(60)));
        var ids = page.Descendants().Attributes("id").Select(static id => id.Value).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        foreach (var picture in page.Descendants("svg").Where(static svg => (string?)svg.Attribute("role") == "img"))
        {
            Assert.IsNotEmpty(picture.Element("title")!.Value);
            Assert.IsNotEmpty(picture.Element("desc")!.Value);
            foreach (var id in picture.Attribute("aria-labelledby")!.Value.Split(' ')) Assert.Contains(id, ids);
        }
    }

    [TestMethod]
    public void Cells_are_drawn_as_graphs_with_the_option_of_every_edge()
    {
        foreach (var space in (SearchSpace[])[SearchSpaces.NasBench201(), SearchSpaces.DartsCells()])
        {
            var content = Content(3, space) with { Input = null };
            var picture = Parse(Written(content)).Descendants("svg").Single(static svg => (string?)svg.Attribute("class") == "diagram");
            var texts = picture.Descendants("text").Select(static text => text.Value).ToArray();
            Assert.Contains("node 0", texts);
            foreach (var (name, label) in content.Found[0].Decisions.Where(static pair => pair.Key.Contains("<-", StringComparison.Ordinal)))
                Assert.Contains(Figures.Cut(label, 24), texts, $"{space.Name}: {name}");
        }
    }

    [TestMethod]
    public void Skip_connections_are_drawn_as_the_layers_read_each_other()
    {
        var content = Content(1, SearchSpaces.NasRlCnn()) with { Input = null };
        var picture = Parse(Written(content)).Descendants("svg").Single(static svg => (string?)svg.Attribute("class") == "diagram");
        var hints = picture.Descendants("title").Select(static title => title.Value).ToArray();
        foreach (var (name, label) in content.Found[0].Decisions.Where(static pair => pair.Key.Contains("<-", StringComparison.Ordinal)))
        {
            var (layer, source) = (name[(name.IndexOf('[', StringComparison.Ordinal) + 1)..name.IndexOf(']', StringComparison.Ordinal)], name[(name.IndexOf("<-", StringComparison.Ordinal) + 2)..]);
            Assert.AreEqual(label == "yes", hints.Contains($"{layer} reads {source}"), name);
        }
    }

    [TestMethod]
    public void Nothing_outside_the_file_is_asked_for()
    {
        var bytes = Written(Content(60));
        var text = Encoding.UTF8.GetString(bytes);
        foreach (var outside in (string[])["http://", "https://", "//cdn", "@import", "src=", "<link", "<img", "<iframe"])
            Assert.DoesNotContain(outside, text, StringComparison.OrdinalIgnoreCase);
        foreach (var link in Parse(bytes).Descendants().Attributes("href")) Assert.IsTrue(link.Value.StartsWith('#'));
        Assert.Contains("default-src 'none'", text);
    }

    [TestMethod]
    public void Names_stay_names()
    {
        var choice = new Choice(Hostile, (Hostile, new Relu()), ("other", new Silu()));
        var space = new SearchSpace(Hostile, new Chain(new Linear(4), choice), new Shape(2));
        var content = Content(30, space) with { Title = Hostile, Strategy = Hostile, ClassNames = [Hostile, "b"], Manifest = Hostile };

        var page = Parse(Written(content));

        Assert.HasCount(1, page.Descendants("script").ToArray());
        Assert.AreEqual(Hostile.Replace('\u0001', '\uFFFD'), page.Descendants("h1").Single().Value);
        Assert.Contains(Hostile.Replace('\u0001', '\uFFFD'), page.Descendants("td").Select(static cell => cell.Value).ToArray());
    }

    [TestMethod]
    public void A_thousand_trials_of_a_large_space_stay_below_two_megabytes() =>
        Assert.IsLessThan(2_000_000, Written(Content(1000, SearchSpaces.Tabular(maxBlocks: 12), new TableShape([[-1f, 0f, 1f]], [3]))).Length);

    [TestMethod]
    public void Regressions_and_searches_without_any_success_are_reported_too()
    {
        var regression = Content(20) with
        {
            Metric = SearchMetric.RootMeanSquaredError,
            Target = new(LearningTask.Regression, 1),
            Validation = new(new Predictions([1f, 2f, 2f, 5f], 1), [1, 2, 3, 4], null),
        };
        Assert.Contains("What the model gets wrong", Headings(Parse(Written(regression))));
        var failed = Content(3) with { Found = [], Validation = null, FinalMetric = null };
        failed = failed with { Trials = [.. failed.Trials.Select(static trial => trial with { State = TrialState.Failed, Metric = double.NaN, FailureReason = "diverged" })] };
        CollectionAssert.AreEqual(new[] { "Summary", "How probabilities moved", "Cost and settings", "Trials" }, Headings(Parse(Written(failed))));
    }

    [TestMethod]
    public void Few_trials_are_said_to_be_few() =>
        Assert.Contains("at least 10 are needed", Encoding.UTF8.GetString(Written(Content(5))));

    private static ReportContent Content(int trials, SearchSpace? space = null, Shape? input = null)
    {
        space ??= TestData.SmallSpace();
        var random = new Random(1);
        var architectures = Enumerable.Range(0, trials).Select(_ => space.Resolve(space.Sample(random))).ToArray();
        var trace = new ArchitectureTrace();
        for (var epoch = 1; epoch <= 4; epoch++) trace.Add(epoch, [.. space.Decisions.Select(decision => Enumerable.Range(0, decision.Count).Select(option => option == 0 ? epoch / 5f : (1 - epoch / 5f) / (decision.Count - 1)).ToArray())]);
        return new()
        {
            Title = "Report",
            Strategy = "Random",
            Metric = SearchMetric.AreaUnderRocCurve,
            Trials = [.. architectures.Select((architecture, number) => new ReportTrial(number, architecture.Id, [.. architecture.Decisions], TrialState.Complete,
                0.5 + 0.4 * random.NextDouble(), random.NextDouble(), random.NextDouble(), new Cost(random.Next(100, 10_000), random.Next(100, 10_000), 400), 10, random.NextDouble(), "sample", null))],
            Space = space,
            Found = [architectures[0]],
            Input = input ?? new Shape(2),
            Cost = new(100, 200, 300),
            FinalMetric = 0.9,
            Trace = trace,
            Target = new Target(LearningTask.BinaryClassification, 2),
            Validation = new(new Predictions([0.1f, 0.7f, 0.9f], 1), [0, 0, 1], null),
            ClassNames = ["no", "yes"],
            Figures = [("Seed", "1")],
        };
    }

    private static byte[] Written(ReportContent content)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(stream, content);
        return stream.ToArray();
    }

    private static XDocument Parse(byte[] page)
    {
        using var reader = XmlReader.Create(new MemoryStream(page), new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static string[] Headings(XDocument page) => [.. page.Descendants("h2").Select(static heading => heading.Value)];
}
