using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Onnx;

namespace Benchmarks;

/// <summary>How fast a default model of telco-churn scores, in ML.NET and in ONNX Runtime.</summary>
internal static class ScoringBenchmark
{
    private const int Copies = 40;

    public static void Run(Flags flags)
    {
        var ml = new MLContext(1);
        var table = new RealTable("telco-churn");
        var options = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var file = Repeated(table.TrainPath);
        try
        {
            using var model = ml.Nas().SearchArchitecture(new SearchOptions { MaxSearchTimeInSeconds = flags.Number("seconds", 20), Threads = flags.Optional("threads") })
                .Fit(ml.Data.LoadFromTextFile<Customer>(table.TrainPath, options));
            Console.WriteLine($"{model.Result!.Architecture}: {model.Result.Cost.Macs:N0} multiply-adds a row");
            var rows = ml.Data.LoadFromTextFile<Customer>(file, options);
            Report("Transform, cached rows", () => Score(model, ml.Data.Cache(rows)));
            var cached = ml.Data.Cache(rows);
            Report("Transform, cached rows again", () => Score(model, cached));
            Report("Transform, from the file", () => Score(model, rows));
            Report("loading the file alone", () => rows.GetColumn<float>(nameof(Customer.Tenure)).LongCount());

            var customers = ml.Data.CreateEnumerable<Customer>(rows, reuseRowObject: false).Take(2000).ToArray();
            var engine = ml.Model.CreatePredictionEngine<Customer, Churn>(model);
            var next = 0;
            var answer = new Churn();
            Console.WriteLine($"PredictionEngine: {LatencyMeter.Measure(() => engine.Predict(customers[next = (next + 1) % customers.Length], ref answer), static () => { }, new LatencyOptions { BatchSize = 1 })}");

            var path = Path.ChangeExtension(file, ".onnx");
            model.SaveOnnx(path);
            using (var session = new OnnxSession(path))
                Console.WriteLine($"ONNX Runtime, raw rows: {LatencyMeter.Measure(session, RawRows.Of(session, customers))}");
            File.Delete(path);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static long Score(ITransformer model, IDataView rows) => model.Transform(rows).GetColumn<float>("Probability").LongCount();

    private static void Report(string what, Func<long> score)
    {
        score();
        var rates = Enumerable.Range(0, 5).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            return score() / clock.Elapsed.TotalSeconds;
        }).Order().ToArray();
        Console.WriteLine($"{what}: {rates[2]:N0} rows/s (of 5: {rates[0]:N0} to {rates[4]:N0})");
    }

    private static string Repeated(string path)
    {
        var lines = File.ReadAllLines(path);
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, Enumerable.Repeat(lines.Skip(1), Copies).SelectMany(static part => part).Prepend(lines[0]));
        return file;
    }
}
