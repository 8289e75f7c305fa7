using Microsoft.ML.Nas.Onnx;

using ServeOnnx;

namespace Samples.Tests.ServeOnnx;

[TestClass]
public class StartTests
{
    private string _folder = null!;

    [TestInitialize]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("ServeOnnx").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void OptionsHaveDefaults()
    {
        var options = ServeOptions.Parse(["my.onnx"], _folder);
        Assert.AreEqual(new ServeOptions { ModelPath = "my.onnx", Urls = "http://127.0.0.1:5000", Threads = 1, MaxRows = 10_000, MaxBodyBytes = 32 << 20 }, options);
    }

    [TestMethod]
    public void OptionsAreRead()
    {
        var options = ServeOptions.Parse(["--urls", "http://[::1]:8080;http://localhost:81", "--threads=2", "m.onnx", "--max-rows", "7", "--max-body", "1000"], _folder);
        Assert.AreEqual(new ServeOptions { ModelPath = "m.onnx", Urls = "http://[::1]:8080;http://localhost:81", Threads = 2, MaxRows = 7, MaxBodyBytes = 1000 }, options);
    }

    [TestMethod]
    [DataRow("http://*:80")]
    [DataRow("http://+:80")]
    [DataRow("http://0.0.0.0:0")]
    [DataRow("http://[::]:80/")]
    [DataRow("http://a-machine.example")]
    public void AddressesOfAllKindsAreTaken(string urls) => Assert.AreEqual(urls, ServeOptions.Parse(["a.onnx", "--urls", urls], _folder).Urls);

    [TestMethod]
    [DataRow("--port", "There is no option '--port'")]
    [DataRow("--threads", "--threads needs a value")]
    [DataRow("--threads=0", "--threads is '0'")]
    [DataRow("--max-rows=many", "--max-rows is 'many'")]
    [DataRow("--urls=5000", "--urls has '5000'")]
    [DataRow("--urls=https://localhost:1", "--urls has 'https://localhost:1'")]
    [DataRow("--urls=http://localhost:0", "--urls has 'http://localhost:0'")]
    [DataRow("--urls=http://127.0.0.1:65536", "--urls has 'http://127.0.0.1:65536'")]
    [DataRow("--urls=http://127.0.0.1:81/path", "--urls has 'http://127.0.0.1:81/path'")]
    [DataRow("--urls=http://127.0.0.1:81;", "--urls has ''")]
    [DataRow("--urls=http://localhost:http", "--urls has 'http://localhost:http'")]
    [DataRow("b.onnx", "'a.onnx' and 'b.onnx'")]
    public void WrongOptionsAreRefused(string argument, string reason)
    {
        var error = Assert.ThrowsExactly<UsageException>(() => ServeOptions.Parse(["a.onnx", argument], _folder));
        StringAssert.Contains(error.Message, reason);
    }

    [TestMethod]
    public void TheDefaultModelIsSoughtUpwards()
    {
        string model = Path.Combine(_folder, "out", "churn.onnx");
        string deep = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        var error = Assert.ThrowsExactly<ModelFileException>(() => ServeOptions.Parse([], deep));
        StringAssert.Contains(error.Message, "out/churn.onnx");

        Directory.CreateDirectory(Path.GetDirectoryName(model)!);
        File.WriteAllText(model, "");
        Assert.AreEqual(model, ServeOptions.Parse([], deep).ModelPath);
        Assert.AreEqual(model, ServeOptions.Parse([], _folder).ModelPath);
    }

    [TestMethod]
    public void FilesThatAreNotModelsAreRefused()
    {
        string text = Path.Combine(_folder, "text.onnx");
        File.WriteAllText(text, "Not a model.");
        string empty = Path.Combine(_folder, "empty.onnx");
        File.WriteAllText(empty, "");
        StringAssert.Contains(Refused(Path.Combine(_folder, "none.onnx")), "There is no model file");
        StringAssert.Contains(Refused(_folder), "There is no model file");
        StringAssert.Contains(Refused(text), "is not a model that ONNX Runtime can load");
        StringAssert.Contains(Refused(empty), "is not a model that ONNX Runtime can load");
    }

    [TestMethod]
    public void ModelsThatDoNotScoreRowsAreRefused()
    {
        StringAssert.Contains(Refused(Models.Echo(ElementType.Float, 1, 4)), "Input 'x' has shape [1, 4]");
        StringAssert.Contains(Refused(Models.Echo(ElementType.Float, "N", "K")), "Input 'x' has shape [N, K]");
        StringAssert.Contains(Refused(Models.Echo(ElementType.Float, "N", 2, 2)), "Input 'x' has shape [N, 2, 2]");
        StringAssert.Contains(Refused(Models.Echo(ElementType.Float)), "Input 'x' has shape []");
        StringAssert.Contains(Refused(Models.Echo(ElementType.Float16, "N", 1)), "Input 'x' is of type float16");
        StringAssert.Contains(Refused(Models.Sum()), "Output 'sum' has shape [1, 1] for 2 rows");
    }

    private string Refused(OnnxModel model)
    {
        string path = Path.Combine(_folder, "model.onnx");
        model.Save(path);
        return Refused(path);
    }

    private static string Refused(string path) =>
        Assert.ThrowsExactly<ModelFileException>(() => ScoringService.Build(new ServeOptions { ModelPath = path })).Message;
}
