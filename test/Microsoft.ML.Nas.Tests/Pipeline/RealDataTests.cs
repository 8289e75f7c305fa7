using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>The whole line on the sample's data: searched, trained, exported, scored.</summary>
[TestClass]
public sealed class RealDataTests
{
    private const string Python = "/usr/bin/python3";

    [TestMethod]
    public void The_exported_file_answers_ten_thousand_random_rows_as_the_transformer_does()
    {
        var ml = new MLContext(1);
        using var model = Fit(ml, threads: 1);
        var rows = ml.Data.LoadFromEnumerable(RandomCustomers(ml, 10_000, seed: 7));
        var scored = model.Transform(rows);
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("churn.onnx"));
        using var session = new OnnxSession(folder.File("churn.onnx"));

        var answers = session.Run(session.Inputs.ToDictionary(static input => input.Name, input => RawColumns.Read(rows, rows.Schema[input.Name])));

        var expected = TransformTests.Column<float>(scored, "Probability");
        var actual = answers["Probability"].As<float>().Values.ToArray();
        Assert.HasCount(10_000, expected);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.IsTrue(expected[row] is >= 0 and <= 1, $"row {row}: {expected[row]}");
            Assert.AreEqual(expected[row], actual[row], 1e-5f, $"row {row}");
        }
        CollectionAssert.AreEqual(TransformTests.Column<bool>(scored, "PredictedLabel"), answers["PredictedLabel"].As<bool>().Values.ToArray());
    }

    [TestMethod]
    public void The_exported_file_passes_the_onnx_checker()
    {
        using var folder = new TemporaryFolder();
        using (var model = Fit(new MLContext(1), threads: 1)) model.SaveOnnx(folder.File("churn.onnx"));
        CheckByOnnx(folder.File("churn.onnx"));
    }

    [TestMethod]
    public void One_thread_and_the_same_seed_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["first", "second"])
        {
            using var model = Fit(new MLContext(3), threads: 1);
            model.SaveOnnx(folder.File(name));
        }
        CollectionAssert.AreEqual(File.ReadAllBytes(folder.File("first")), File.ReadAllBytes(folder.File("second")));
    }

    [TestMethod]
    public void Two_threads_and_the_same_seed_give_the_same_architecture()
    {
        using var first = Fit(new MLContext(3), threads: 2);
        using var second = Fit(new MLContext(3), threads: 2);
        Assert.AreEqual(first.Architecture!.Id, second.Architecture!.Id);
        Assert.AreEqual(first.Result!.SearchId, second.Result!.SearchId);
    }

    [TestMethod]
    public void A_short_search_already_tells_who_leaves()
    {
        var ml = new MLContext(1);
        var split = ml.Data.TrainTestSplit(Load(ml), testFraction: 0.2, seed: 1);
        using var model = ml.Nas().SearchArchitecture(Options(threads: 2)).Fit(split.TrainSet);
        Assert.IsGreaterThan(0.82, ml.BinaryClassification.Evaluate(model.Transform(split.TestSet)).AreaUnderRocCurve);
    }

    /// <summary>Has ONNX's own checker look at a file.</summary>
    internal static void CheckByOnnx(string path)
    {
        if (!File.Exists(Python) || Run("import onnx") != "") Assert.Inconclusive($"{Python} with the package onnx is missing; install python3-onnx.");
        Assert.AreEqual("passed", Run($"import onnx; onnx.checker.check_model(r'{path}', full_check=True); print('passed')"));
    }

    private static ArchitectureTransformer Fit(MLContext ml, int threads) => ml.Nas().SearchArchitecture(Options(threads)).Fit(Load(ml));

    private static SearchOptions Options(int threads) =>
        new() { MaxTrials = 3, MaxEpochs = 1, EpochsPerTrial = 2, MaxTrainingEpochs = 4, MaxMacs = 100_000, Threads = threads };

    private static IDataView Load(MLContext ml) => ml.Data.LoadFromTextFile<Customer>(Path.Combine(AppContext.BaseDirectory, "data", "telco-churn.csv"),
        new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });

    /// <summary>Every value from another real row, and now and then missing, never seen or out of all bounds.</summary>
    private static List<Customer> RandomCustomers(MLContext ml, int count, int seed)
    {
        var real = ml.Data.CreateEnumerable<Customer>(Load(ml), reuseRowObject: false).ToArray();
        var random = new Random(seed);
        var properties = typeof(Customer).GetProperties();
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var customer = new Customer();
            foreach (var property in properties)
            {
                var value = property.GetValue(real[random.Next(real.Length)]);
                var odd = random.Next(20);
                property.SetValue(customer, value switch
                {
                    float when odd == 0 => float.NaN,
                    float when odd == 1 => float.PositiveInfinity,
                    float when odd == 2 => (float)(random.NextDouble() * 2e6 - 1e6),
                    string when odd == 0 => "",
                    string when odd == 1 => "never seen",
                    _ => value,
                });
            }
            return customer;
        })];
    }

    private static string Run(string script)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : error.Result.Trim();
    }
}
