using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Transforms;

Arguments arguments;
IDataView train, test;
var ml = new MLContext();
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

using var progress = new ConsoleProgress();
var options = new SearchOptions
{
    Space = SearchSpaces.Text(),
    FeatureColumnNames = ["Text"],
    Metric = SearchMetric.Accuracy,
    MaxSearchTimeInSeconds = arguments.Trials is null ? arguments.Seconds : null,
    MaxTrials = arguments.Trials,
    Threads = arguments.Threads,
    Seed = arguments.Seed,
    Progress = progress,
};
Console.WriteLine($"Searching {(double)options.Space.Size:g2} architectures for the classes of {arguments.Set} ...");
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).SearchArchitecture(ml, options);
using var model = pipeline.Fit(train);
var found = model.LastTransformer;

Console.WriteLine($"\nArchitecture {found.Architecture!.Id}: {found.Result!.Cost.Parameters:N0} parameters, {found.Result.Cost.Macs:N0} multiply-adds a text");
Console.WriteLine(found.Architecture.ToDiagram());

var classes = KeyNames(train);
var isBinary = classes.Length == 2;
var scored = model.Transform(test);
var accuracy = isBinary ? ml.BinaryClassification.Evaluate(scored).Accuracy : ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
Console.WriteLine($"\nAccuracy on {test.GetColumn<string>("Text").Count():N0} test texts: {accuracy:0.0000} ({found.Result.Metric} {found.Result.ValidationMetric:0.0000} on validation texts)");

var file = Path.Combine(Directory.CreateDirectory("out").FullName, "text.onnx");
found.SaveOnnx(file);
using var session = new OnnxSession(file);
string[] examples = ["This is the best coffee I ever had!", "It was stale and tasted like cardboard."];
var answers = session.Run(new Dictionary<string, OnnxTensor> { ["Text"] = OnnxTensor.Create(examples, examples.Length, 1) })["PredictedLabel"].As<string>().Values.ToArray();
Console.WriteLine($"\n{file}, {new FileInfo(file).Length:N0} bytes, takes texts as they are:");
for (var i = 0; i < examples.Length; i++) Console.WriteLine($"  {answers[i],-10}{examples[i]}");
return 0;

static string[] KeyNames(IDataView data) => [.. data.GetColumn<string>("Label").Distinct()];
