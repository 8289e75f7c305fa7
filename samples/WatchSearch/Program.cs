using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;

var arguments = args.Chunk(2).ToDictionary(static pair => pair[0], static pair => pair.Length > 1 ? pair[1] : "");
if (arguments.Keys.Except(["--port", "--seconds", "--study"]).Any() || !int.TryParse(arguments.GetValueOrDefault("--port", "5080"), CultureInfo.InvariantCulture, out var port)
    || !double.TryParse(arguments.GetValueOrDefault("--seconds", "60"), CultureInfo.InvariantCulture, out var seconds))
{
    Console.Error.WriteLine("usage: WatchSearch [--port 5080] [--seconds 60]          a search that a browser of this machine can watch\n       WatchSearch [--port 5080] --study churn.db        a study that other processes work on");
    return 2;
}

var ml = new MLContext(seed: 1);
if (arguments.TryGetValue("--study", out var study))
{
    await using var studyPage = await WatchPage.Start(ml.Nas().Watch(study).WritePage, port);
    Console.WriteLine($"Watch {study} at {studyPage.Urls.Single()}; Ctrl+C ends");
    await studyPage.WaitForShutdownAsync();
    return 0;
}

var data = ml.Data.LoadFromTextFile<Customer>(Path.Combine(AppContext.BaseDirectory, "data", "telco-churn.csv"),
    new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });

using var console = new ConsoleProgress();
var monitor = new SearchMonitor(next: console);
await using var page = await WatchPage.Start(monitor.WritePage, port);
Console.WriteLine($"Watch the search at {page.Urls.Single()}");

var options = new SearchOptions { MaxSearchTimeInSeconds = seconds, Progress = monitor };
using var model = await Task.Run(() => ml.Nas().SearchArchitecture(options).Fit(data));
model.Result!.SaveReport("report.html");
Console.WriteLine($"Found {model.Architecture}; wrote {Path.GetFullPath("report.html")}");
return 0;
