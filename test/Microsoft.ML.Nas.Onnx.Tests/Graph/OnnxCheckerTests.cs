using System.Diagnostics;

namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>What the builder writes passes ONNX's own checker, with its own shape inference in strict mode.</summary>
[TestClass]
public class OnnxCheckerTests
{
    // A python3 found on the path may be another one, without Debian's packages.
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import glob, sys
        import onnx
        failed = 0
        paths = sorted(glob.glob(sys.argv[1] + "/*.onnx"))
        for path in paths:
            try:
                onnx.checker.check_model(path, full_check=True)
            except Exception as e:
                failed += 1
                print(path, e)
        print(len(paths) - failed, "valid")
        sys.exit(failed != 0)
        """;

    [TestMethod]
    public void RebuiltOperatorsAreValid()
    {
        RequirePython();
        var models = from op in Rebuilder.Names
                     from source in OperatorCase.Of(op)
                     from symbolic in new[] { false, true }
                     let model = Rebuilder.Rebuild(source, symbolic).Model
                     where model is not null
                     select ($"{source.Name}{(symbolic ? "_symbolic" : "")}", model);
        AssertValid([.. models]);
    }

    [TestMethod]
    public void WholeGraphsAreValid()
    {
        RequirePython();
        AssertValid([("dense", Models.Dense().Build()), ("encoder", Encoder().Build(new() { Properties = new Dictionary<string, string> { ["a"] = "{}" } }))]);
    }

    /// <summary>Columns of numbers and text, as an exported table model has them.</summary>
    private static GraphBuilder Encoder()
    {
        var g = new GraphBuilder("encoder");
        var age = g.Input("age", ElementType.Float, "N", 1);
        var city = g.Input("city", ElementType.String, "N", 1);
        var filled = g.Where(g.IsNaN(age), g.Constant(40f), age);
        var place = g.LabelEncoder(city, ["Bern", "Rome"], [1L, 2], 0L);
        var embedded = g.Gather(g.Constant(Models.Numbers(12), 3, 4), g.Squeeze(place, 1));
        var hidden = g.LayerNormalization(g.Gelu(g.Gemm(g.Concat(1, filled, embedded), g.Constant(Models.Numbers(40), 5, 8), g.Constant(new float[8]))), g.Constant(Models.Numbers(8)));
        var pieces = g.Split(hidden, 1, 4, 4);
        var logits = g.MatMul(g.Mul(pieces[0], g.Sigmoid(pieces[1])), g.Constant(Models.Numbers(12), 4, 3));
        g.Output("Probability", g.Softmax(logits));
        g.Output("PredictedLabel", g.Gather(g.Constant(["low", "middle", "high"]), g.ArgMax(logits, 1, keepDims: false)));
        g.Output("Shape", g.Shape(logits));
        return g;
    }

    private static void RequirePython()
    {
        if (!File.Exists(Python) || Run(["-c", "import onnx"]).ExitCode != 0)
            Assert.Inconclusive($"{Python} with the package onnx is missing; install python3-onnx.");
    }

    private static void AssertValid((string Name, OnnxModel Model)[] models)
    {
        string folder = Directory.CreateTempSubdirectory("nasml-checker-").FullName;
        try
        {
            foreach (var (name, model) in models)
                model.Save(Path.Combine(folder, $"{name}.onnx"));
            var (exitCode, output) = Run(["-c", Script, folder]);
            Assert.AreEqual(0, exitCode, output);
            StringAssert.Contains(output, $"{models.Length} valid", StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int ExitCode, string Output) Run(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
