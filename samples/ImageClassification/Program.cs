using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Transforms;

Arguments arguments;
LabeledImages training, testing;
try
{
    arguments = Arguments.Parse(args);
    training = LabeledImages.Read(arguments.Data, "train", arguments.Images);
    testing = LabeledImages.Read(arguments.Data, "t10k");
}
catch (FormatException problem)
{
    Console.Error.WriteLine($"{problem.Message}\n{Arguments.Usage}");
    return 2;
}
catch (Exception problem) when (problem is IOException or InvalidDataException)
{
    Console.Error.WriteLine($"{problem.Message}\nInstall Debian's package dataset-fashion-mnist, or name a folder of idx files with --data.");
    return 2;
}

var ml = new MLContext(seed: arguments.Seed);
var options = new SearchOptions
{
    Space = SearchSpaces.NasBench201(arguments.Channels, arguments.Cells),
    Strategy = Arguments.Strategies[arguments.Strategy](),
    // Clothes may be seen from either side; digits may not.
    ImageAugmentation = new() { HorizontalFlip = arguments.Data is null },
    ValidationFraction = 0.1,
    MaxSearchTimeInSeconds = arguments.Trials is null && arguments.Epochs is null ? arguments.Seconds : null,
    MaxTrainingTimeInSeconds = arguments.TrainingSeconds,
    MaxTrials = arguments.Trials,
    MaxEpochs = arguments.Epochs,
    RefitOnAllRows = false,
    Threads = arguments.Threads,
    Seed = arguments.Seed,
};

var (trainView, testView) = (training.ToDataView(ml), testing.ToDataView(ml));
var label = ml.Transforms.Conversion.MapValueToKey("Label", nameof(LabeledImage.Name), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(trainView);
Console.WriteLine($"Searching {options.Space.Size:N0} cells with {training.Rows.Length:N0} images of {training.Height} × {training.Width} ...");
using var progress = new ConsoleProgress();
options.Progress = progress;
using var model = ml.Nas().SearchArchitecture(options).Fit(label.Transform(trainView));
var result = model.Result!;

Heading("Search");
Console.WriteLine($"{result.Strategy}: {result.SupernetEpochs} supernet epochs, {result.Trials.Count} architectures trained on their own in {result.SearchSeconds:0} s; final training {result.TrainingEpochs} epochs in {result.TrainingSeconds:0} s");

Heading($"Architecture {result.Architecture.Id}");
Console.WriteLine(NasBench201Notation.Format(result.Architecture));
Console.WriteLine(result.Architecture.ToDiagram());
Console.WriteLine($"{result.Cost.Parameters:N0} parameters, {result.Cost.Macs:N0} multiply-adds an image");

var scored = model.Transform(label.Transform(testView));
var metrics = ml.MulticlassClassification.Evaluate(scored);
Heading($"{testing.Rows.Length:N0} test images");
Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.0000}, log-loss {metrics.LogLoss:0.0000}");
VBuffer<ReadOnlyMemory<char>> names = default;
scored.Schema["PredictedLabel"].GetKeyValues(ref names);
foreach (var (index, name) in names.DenseValues().Index())
    Console.WriteLine($"  {name,-12}recall {metrics.ConfusionMatrix.PerClassRecall[index]:0.000}, precision {metrics.ConfusionMatrix.PerClassPrecision[index]:0.000}");

var output = Directory.CreateDirectory(Path.Combine(TopOfTheClone(), "out")).FullName;
var file = Path.Combine(output, "images.onnx");
model.SaveOnnx(file);

Heading("ONNX");
Console.WriteLine($"largest difference to the trained network: {model.ParityReport!.LargestAbsolute?.Absolute:g2} on {model.ParityReport.Rows:N0} images");
using (var session = new OnnxSession(file, new OnnxSessionOptions { IntraOpThreads = arguments.Threads ?? 0 }))
{
    var image = OnnxTensor.Create(testing.Rows[0].Image, 1, 1, testing.Height, testing.Width);
    Console.WriteLine($"one image through ONNX Runtime: {LatencyMeter.Measure(session, new Dictionary<string, OnnxTensor> { [nameof(LabeledImage.Image)] = image })}");
}
var clock = Stopwatch.StartNew();
_ = model.Transform(label.Transform(testView)).GetColumn<uint>("PredictedLabel").Count();
Console.WriteLine($"images through Transform: {testing.Rows.Length / clock.Elapsed.TotalSeconds:N0} a second");
Console.WriteLine($"{Path.GetRelativePath(TopOfTheClone(), file)}  {new FileInfo(file).Length:N0} bytes");
return 0;

static void Heading(string text) => Console.WriteLine($"\n{text}\n{new string('-', text.Length)}");

// The folder that holds NasMl.sln; the current folder where the sample was copied out of the clone.
static string TopOfTheClone()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, "NasMl.sln"))) return folder.FullName;
    return Environment.CurrentDirectory;
}
