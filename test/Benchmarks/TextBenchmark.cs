using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Transforms;

namespace Benchmarks;

/// <summary>Default searches on the fine-foods reviews, beside logistic regression on bags of words.</summary>
internal static class TextBenchmark
{
    public static void Run(Flags flags)
    {
        var folder = SharedData.Folder("text");
        string train = Path.Combine(folder, "fine-foods.train.csv"), test = Path.Combine(folder, "fine-foods.test.csv");
        if (flags.Text("baseline", "yes") == "yes")
        {
            using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "bag_of_words.py"), train, test]))!;
            python.WaitForExit();
        }
        foreach (var seed in flags.Numbers("seeds", "1"))
        {
            var ml = new MLContext(seed);
            var options = new SearchOptions
            {
                Space = SearchSpaces.Text(), FeatureColumnNames = ["Text"], Metric = SearchMetric.Accuracy, Threads = flags.Optional("threads"),
                MaxTrials = flags.Optional("trials"), MaxSearchTimeInSeconds = flags.Optional("trials") is null ? flags.Number("seconds", 300) : null,
                Strategy = Searches.Strategies[flags.Text("strategy", "default")](),
            };
            using var progress = new ConsoleProgress();
            if (flags.Text("verbose", "no") == "yes") options.Progress = progress;
            var clock = Stopwatch.StartNew();
            using var model = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .SearchArchitecture(ml, options).Fit(Load(ml, train));
            var seconds = clock.Elapsed.TotalSeconds;
            var metrics = ml.BinaryClassification.Evaluate(model.Transform(Load(ml, test)));
            var result = model.LastTransformer.Result!;
            Console.WriteLine($"fine-foods   seed {seed}: accuracy {metrics.Accuracy:0.####}, AUC {metrics.AreaUnderRocCurve:0.####} (validation {result.ValidationMetric:0.####}), {result.Trials.Count} trials, {result.SupernetEpochs} supernet epochs, {result.Cost.Macs:N0} multiply-adds, {result.SearchSeconds:0.0} s of search, {seconds:0} s in all, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB  {result.Architecture}");
        }
    }

    /// <summary>A file of labels and texts.</summary>
    public static IDataView Load(MLContext ml, string path) => ml.Data.LoadFromTextFile(path, new TextLoader.Options
    {
        Columns = [new("Label", DataKind.String, 0), new("Text", DataKind.String, 1)], Separators = [','], HasHeader = true, AllowQuoting = true,
    });
}
