using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;

// Repeats a search of QuickStart from its manifest, and says whether it came to the same.
if (args.Length is not (1 or 2))
{
    Console.Error.WriteLine("usage: Reproduce MANIFEST.json [DATA.csv]");
    return 2;
}
SearchManifest manifest;
SearchOptions options;
try
{
    manifest = SearchManifest.Load(args[0]);
    options = manifest.ToOptions();
}
catch (Exception problem) when (problem is IOException or FormatException or InvalidOperationException)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
options.Progress = new Lines();

var ml = new MLContext(seed: manifest.Seed);
var data = ml.Data.LoadFromTextFile<Customer>(args.Length > 1 ? args[1] : Path.Combine(AppContext.BaseDirectory, "data", "telco-churn.csv"),
    new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });
var split = ml.Data.TrainTestSplit(data, testFraction: 0.2, seed: manifest.Seed);

using var model = ml.Nas().SearchArchitecture(options).Fit(split.TrainSet);
var repeated = model.Result!.Manifest;
var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
repeated.Record("test AUC", metrics.AreaUnderRocCurve);
repeated.Record("test accuracy", metrics.Accuracy);
repeated.Record("test log-loss", metrics.LogLoss);

var isSame = true;
foreach (var difference in manifest.DataDifferences(repeated)) Compare("data", "as in the manifest", difference);
Compare("architecture", string.Join(' ', manifest.ArchitectureIds), string.Join(' ', repeated.ArchitectureIds));
foreach (var (name, value) in manifest.Measurements)
    Compare(name, Exactly(value), repeated.Measurements.TryGetValue(name, out var now) ? Exactly(now) : "not measured here");
Console.WriteLine(isSame ? "The same." : "Not the same. Libraries, machine and threads must be those of the manifest too; with one thread every digit is repeated.");
return isSame ? 0 : 1;

void Compare(string what, string then, string now)
{
    isSame &= then == now;
    Console.WriteLine($"{what}\n  then  {then}\n  now   {now}");
}

static string Exactly(double value) => value.ToString("R", CultureInfo.InvariantCulture);

internal sealed class Lines : IProgress<SearchProgress>
{
    public void Report(SearchProgress value)
    {
        if (value.Phase != SearchPhase.Training) Console.WriteLine($"{value.Elapsed.TotalSeconds,6:0.0} s  {value.Message}");
    }
}
