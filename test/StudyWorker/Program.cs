using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

// A small search that is recorded in a study, for tests that kill it: StudyWorker STUDY STRATEGY TRIALS WORKERS
// It writes "ready", "trial N" once trial N is recorded, and "found ID METRIC HASH-OF-THE-FILE" at its end.
// Before it begins and after every trial it waits for a line of input, until the input ends.
var (study, strategy, trials, workers) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
var ml = new MLContext(seed: 1);
var all = ml.Data.LoadFromTextFile<Customer>(Path.Combine(AppContext.BaseDirectory, "data", "telco-churn.csv"),
    new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });
var rows = ml.Data.LoadFromEnumerable(ml.Data.CreateEnumerable<Customer>(all, reuseRowObject: false).Take(300));

var width = Setting.Shared("width", 8, 16, 24);
var space = new SearchSpace("small", new Chain(
    new StandardizedEncoding(),
    new Linear(width),
    new Repeat("blocks", new Residual(new Chain(
        new Choice("activation", ("relu", new Relu()), ("silu", new Silu()), ("gelu", new Gelu())),
        new Dropout(Setting.OneOf("dropout", 0f, 0.1f).AsRegularization()),
        new Linear(width))), min: 1, max: 3)), new TableShape([[-1f, 1f]], [2]));

Console.WriteLine("ready");
Console.Out.Flush();
Console.ReadLine();
using var model = ml.Nas().SearchArchitecture(new SearchOptions
{
    Study = study,
    Space = space,
    Strategy = strategy switch
    {
        "darts" => SearchStrategies.Darts(new() { BatchSize = 32 }),
        "random" => SearchStrategies.Random().WithWorkers(workers),
        _ => throw new ArgumentException($"There is no strategy '{strategy}' here."),
    },
    MaxTrials = trials,
    MaxEpochs = strategy == "darts" ? 12 : null,
    EpochsPerTrial = 2,
    MaxTrainingEpochs = 2,
    Threads = 1,
    Seed = 1,
    Progress = new Printer(),
}).Fit(rows);

var file = Path.GetTempFileName();
model.SaveOnnx(file);
var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
File.Delete(file);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found {model.Architecture!.Id} {model.Result!.ValidationMetric:R} {hash}"));

/// <summary>Prints a trial once it is recorded, at once: Progress{T} would do it later, on another thread.</summary>
internal sealed class Printer : IProgress<SearchProgress>
{
    public void Report(SearchProgress value)
    {
        if (value.Trial is { } trial)
        {
            Console.WriteLine(FormattableString.Invariant($"trial {trial.Number}"));
            Console.Out.Flush();
            Console.ReadLine();
        }
        else if (value.Phase == SearchPhase.Searching) Console.WriteLine(FormattableString.Invariant($"epoch {value.SupernetEpochs}"));
        Console.Out.Flush();
    }
}
