using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Onnx;

Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (FormatException problem)
{
    Console.Error.WriteLine($"{problem.Message}\n{Arguments.Usage}");
    return 2;
}

var ml = new MLContext(seed: arguments.Seed);
var data = ml.Data.LoadFromTextFile<Customer>(Path.Combine(AppContext.BaseDirectory, "data", "telco-churn.csv"),
    new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });
var split = ml.Data.TrainTestSplit(data, testFraction: 0.2, seed: arguments.Seed);

var options = new SearchOptions
{
    Space = SearchSpaces.Tabular(),
    Strategy = arguments.Strategy switch
    {
        "reinforce" => SearchStrategies.Reinforce(),
        "random" => SearchStrategies.Random(),
        _ => SearchStrategies.Darts(),
    },
    MaxSearchTimeInSeconds = arguments.Trials is null && arguments.Epochs is null ? arguments.Seconds : null,
    MaxTrials = arguments.Trials,
    MaxEpochs = arguments.Epochs,
    Threads = arguments.Threads,
    Seed = arguments.Seed,
    Study = arguments.Study,
};

Console.WriteLine($"Searching {options.Space.Size:N0} architectures for who leaves a telephone company ...");
using var progress = new ConsoleProgress();
options.Progress = progress;
using var model = ml.Nas().SearchArchitecture(options).Fit(split.TrainSet);
var result = model.Result!;

Heading("Data");
var customers = ml.Data.CreateEnumerable<Customer>(split.TestSet, reuseRowObject: false).ToList();
Console.WriteLine($"{ml.Data.CreateEnumerable<Customer>(split.TrainSet, reuseRowObject: true).Count():N0} rows to learn from, {customers.Count:N0} to test on; {typeof(Customer).GetProperties().Length - 1} columns");

Heading("Search");
Console.WriteLine($"{result.Strategy}: {result.SupernetEpochs} supernet epochs, {result.Trials.Count} architectures trained on their own in {result.SearchSeconds:0} s; final training {result.TrainingSeconds:0} s");

Heading($"Architecture {result.Architecture.Id}");
Console.WriteLine(result.Architecture.ToDiagram());
Console.WriteLine($"{result.Cost.Parameters:N0} parameters, {result.Cost.Macs:N0} multiply-adds a row");

Heading("Test rows");
Console.WriteLine($"{"",-24}{"AUC",8}{"accuracy",10}{"log-loss",10}");
var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
Show("found architecture", metrics);
Show("logistic regression", Baselines.Measure(ml, Baselines.LogisticRegression, split, arguments));
Show("MLP 128-128", Baselines.Measure(ml, Baselines.Mlp, split, arguments));

var output = Directory.CreateDirectory(Path.Combine(TopOfTheClone(), "out")).FullName;
var file = Path.Combine(output, "churn.onnx");
model.SaveOnnx(file);
File.WriteAllText(Path.Combine(output, "architecture.json"), result.Architecture.ToJson());
result.Manifest.Record("test AUC", metrics.AreaUnderRocCurve);
result.Manifest.Record("test accuracy", metrics.Accuracy);
result.Manifest.Record("test log-loss", metrics.LogLoss);
result.SaveManifest(arguments.Manifest ?? Path.Combine(output, "manifest.json"));
result.SaveReport(Path.Combine(output, "report.html"));

Heading("ONNX");
Console.WriteLine($"largest difference to the trained network: {model.ParityReport!.LargestAbsolute?.Absolute:g2} on {model.ParityReport.Rows:N0} rows");
using (var session = new OnnxSession(file, new OnnxSessionOptions { IntraOpThreads = arguments.Threads ?? 0 }))
    Console.WriteLine($"raw rows through ONNX Runtime: {LatencyMeter.Measure(session, RawRows.Of(session, customers))}");
Console.WriteLine($"rows through Transform: {RowsPerSecond(ml, model, ml.Data.Cache(split.TestSet)):N0} a second");

Heading("Files");
foreach (var written in Directory.GetFiles(output)) Console.WriteLine($"{Path.GetRelativePath(TopOfTheClone(), written)}  {new FileInfo(written).Length:N0} bytes");
return 0;

static void Heading(string text) => Console.WriteLine($"\n{text}\n{new string('-', text.Length)}");

static void Show(string name, CalibratedBinaryClassificationMetrics metrics) =>
    Console.WriteLine($"{name,-24}{metrics.AreaUnderRocCurve,8:0.0000}{metrics.Accuracy,10:0.0000}{metrics.LogLoss,10:0.0000}");

static double RowsPerSecond(MLContext ml, ITransformer model, IDataView rows)
{
    _ = model.Transform(rows).GetColumn<float>("Probability").Count();
    var (clock, scored) = (Stopwatch.StartNew(), 0L);
    while (clock.Elapsed < TimeSpan.FromSeconds(1)) scored += model.Transform(rows).GetColumn<float>("Probability").LongCount();
    return scored / clock.Elapsed.TotalSeconds;
}

// The folder that holds NasMl.sln; the current folder where the sample was copied out of the clone.
static string TopOfTheClone()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, "NasMl.sln"))) return folder.FullName;
    return Environment.CurrentDirectory;
}
