using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Transforms;

Arguments arguments;
IDataView train, test;
MLContext ml;
try
{
    arguments = Arguments.Parse(args);
    ml = new MLContext(arguments.Seed);
    (train, test) = (LabeledTexts.Load(ml, arguments, "train"), LabeledTexts.Load(ml, arguments, "test"));
}
catch (FormatException problem)
{
    Console.Error.WriteLine($"{problem.Message}\n{Arguments.Usage}");
    return 2;
}

var options = new SearchOptions
{
    Space = SearchSpaces.Text(),
    FeatureColumnNames = ["Text"],
    Metric = SearchMetric.Accuracy,
    MaxSearchTimeInSeconds = arguments.Trials is null ? arguments.Seconds : null,
    MaxTrials = arguments.Trials,
    MaxTrainingTimeInSeconds = arguments.TrainingSeconds,
    Threads = arguments.Threads,
    Seed = arguments.Seed,
};

// In the order of their values: of two classes the second is the positive one.
var label = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
Console.WriteLine($"Searching {(double)options.Space.Size:g2} architectures with {train.GetColumn<string>("Text").Count():N0} texts of {arguments.Set} ...");
using var progress = new ConsoleProgress();
options.Progress = progress;
using var model = label.SearchArchitecture(ml, options).Fit(train);
var found = model.LastTransformer;
var result = found.Result!;

Heading("Search");
Console.WriteLine($"{result.Strategy}: {result.SupernetEpochs} supernet epochs, {result.Trials.Count} architectures trained on their own in {result.SearchSeconds:0} s; final training {result.TrainingEpochs} epochs in {result.TrainingSeconds:0} s");

Heading($"Architecture {result.Architecture.Id}");
Console.WriteLine(result.Architecture.ToDiagram());
Console.WriteLine($"{result.Cost.Parameters:N0} parameters, {result.Cost.Macs:N0} multiply-adds a text of full length");

var scored = model.Transform(test);
string[] texts = [.. test.GetColumn<string>("Text")];
VBuffer<ReadOnlyMemory<char>> names = default;
scored.Schema["PredictedLabel"].GetKeyValues(ref names);
Heading($"{texts.Length:N0} test texts");
if (names.Length == 2)
{
    var metrics = ml.BinaryClassification.Evaluate(scored);
    Console.WriteLine($"accuracy {metrics.Accuracy:0.0000}, AUC {metrics.AreaUnderRocCurve:0.0000}, log-loss {metrics.LogLoss:0.0000}");
    ShowClass(names.GetItemOrDefault(0), metrics.NegativeRecall, metrics.NegativePrecision);
    ShowClass(names.GetItemOrDefault(1), metrics.PositiveRecall, metrics.PositivePrecision);
}
else
{
    var metrics = ml.MulticlassClassification.Evaluate(scored);
    Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.0000}, log-loss {metrics.LogLoss:0.0000}");
    foreach (var (index, name) in names.DenseValues().Index()) ShowClass(name, metrics.ConfusionMatrix.PerClassRecall[index], metrics.ConfusionMatrix.PerClassPrecision[index]);
}

var output = Directory.CreateDirectory(Path.Combine(Arguments.TopOfTheClone, "out")).FullName;
var file = Path.Combine(output, "text.onnx");
found.SaveOnnx(file);

Heading("ONNX");
Console.WriteLine($"largest difference to the trained network: {found.ParityReport!.LargestAbsolute?.Absolute:g2} on {found.ParityReport.Rows:N0} texts");
using (var session = new OnnxSession(file, new OnnxSessionOptions { IntraOpThreads = arguments.Threads ?? 0 }))
{
    Console.WriteLine("the file takes texts as they are:");
    foreach (var text in texts.Take(3)) Console.WriteLine($"  {session.Run(Input(text))["PredictedLabel"].As<string>().Values.Span[0],-10}{Beginning(text)}");
    Console.WriteLine($"one text through ONNX Runtime: {LatencyMeter.Measure(session, Input(texts[0]))}");
}
var clock = Stopwatch.StartNew();
_ = model.Transform(test).GetColumn<uint>("PredictedLabel").Count();
Console.WriteLine($"texts through Transform, read from the file: {texts.Length / clock.Elapsed.TotalSeconds:N0} a second");
Console.WriteLine($"{Path.GetRelativePath(Arguments.TopOfTheClone, file)}  {new FileInfo(file).Length:N0} bytes");
return 0;

static void Heading(string text) => Console.WriteLine($"\n{text}\n{new string('-', text.Length)}");

static void ShowClass(ReadOnlyMemory<char> name, double recall, double precision) => Console.WriteLine($"  {name,-12}recall {recall:0.000}, precision {precision:0.000}");

static Dictionary<string, OnnxTensor> Input(string text) => new() { ["Text"] = OnnxTensor.Create([text], 1, 1) };

static string Beginning(string text) => text.Length <= 60 ? text : text[..60] + " ...";
