using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Reports;

namespace Benchmarks;

/// <summary>Writes the report of a real search of many short trials, and looks at it with a browser.</summary>
internal static class ReportBenchmark
{
    private static readonly (int Width, bool Dark)[] Views = [(1280, false), (1280, true), (400, false), (400, true)];

    public static void Run(Flags flags)
    {
        var folder = Directory.CreateDirectory(flags.Text("out", "out/report")).FullName;
        var path = Path.Combine(folder, "report.html");
        if (flags.Text("gallery", "no") == "yes") Gallery(path);
        else if (flags.Text("search", "yes") == "yes") Search(flags, path);
        var size = new FileInfo(path).Length;
        Console.WriteLine($"{path}: {size:N0} bytes ({(size < 2_000_000 ? "below" : "NOT below")} 2 MB)");
        using var browser = Chromium.Start(flags.Text("chromium", "chromium"));
        foreach (var (width, dark) in Views)
        {
            var view = browser.Look(new Uri(path).AbsoluteUri, width, dark, Path.Combine(folder, $"report-{width}-{(dark ? "dark" : "light")}.png"));
            Console.WriteLine($"{width,5} px {(dark ? "dark " : "light")}: {view.ContentWidth} px wide, {view.Height} px high, {view.Problems.Count} console errors, {view.Requests.Count} requests");
            foreach (var line in view.Problems.Concat(view.Requests)) Console.WriteLine($"      {line}");
        }
    }

    /// <summary>Pictures of one architecture of every kind of space.</summary>
    private static void Gallery(string path)
    {
        var random = new Random(1);
        SearchSpace[] spaces = [SearchSpaces.Tabular(), SearchSpaces.NasBench201(), SearchSpaces.DartsCells(), SearchSpaces.MobileNet(), SearchSpaces.NasRlCnn(), SearchSpaces.Text(), SearchSpaces.DartsRnn(), SearchSpaces.TabularTransformer()];
        using var file = File.Create(path);
        ReportPage.Write(file, new ReportContent
        {
            Title = "Architectures",
            Strategy = "Chance",
            Metric = SearchMetric.Accuracy,
            Trials = [],
            Space = spaces[0],
            Found = [.. spaces.Select(space => space.Resolve(space.Sample(random)))],
        });
    }

    private static void Search(Flags flags, string path)
    {
        var table = new RealTable(flags.Text("set", "telco-churn"));
        var ml = new MLContext(1);
        var options = new SearchOptions
        {
            Strategy = Searches.Strategies[flags.Text("strategy", "reinforce")](),
            MaxTrials = (int)flags.Number("trials", 1000),
            MaxEpochs = (int)flags.Number("epochs", 3),
            EpochsPerTrial = 1,
            MaxTrainingEpochs = 5,
            RefitOnAllRows = false,
            MaxMacs = 20_000,
            Threads = 1,
            Space = SearchSpaces.Tabular(widths: [16, 32, 64]),
        };
        var clock = Stopwatch.StartNew();
        using var model = table.Pipeline(ml, options).Fit(ml.Data.TakeRows(table.Train(ml), (long)flags.Number("rows", 400)));
        var result = model.LastTransformer.Result!;
        Console.WriteLine($"{result.Trials.Count} trials in {clock.Elapsed.TotalSeconds:0} s");
        clock.Restart();
        result.SaveReport(path);
        Console.WriteLine($"report written in {clock.Elapsed.TotalMilliseconds:0} ms");
    }
}
