using System.Net;
using System.Text.Json;

namespace Samples.Tests.ServeOnnx;

[TestClass]
public class ModelInfoTests
{
    private static Service _mixed = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _) => _mixed = await Service.Start(Models.Mixed());

    [ClassCleanup]
    public static async Task Stop() => await _mixed.DisposeAsync();

    [TestMethod]
    public async Task RootDescribesTheModel()
    {
        var answer = await _mixed.Get("/");
        Assert.AreEqual(HttpStatusCode.OK, answer.Status);
        var model = answer.Json.GetProperty("model");
        Assert.AreEqual("NasMl", model.GetProperty("producer").GetString());
        Assert.AreEqual("For tests.", model.GetProperty("description").GetString());
        Assert.AreEqual(1, model.GetProperty("version").GetInt64());
        CollectionAssert.AreEqual(
            new[] { """age float ["N",1]""", """city string ["N",1]""", """member bool ["N",1]""", """visits int64 ["N",1]""", """segment uint32 ["N",1]""", """point float ["N",3]""" },
            Columns(model.GetProperty("inputs")));
        CollectionAssert.AreEqual(
            new[] { """PredictedLabel string ["N",1]""", """Score float ["N",1]""", """Probability float ["N",1]""" },
            Columns(model.GetProperty("outputs")));
        Assert.AreEqual("true or false", model.GetProperty("inputs")[2].GetProperty("value").GetString());
        Assert.AreEqual(10_000, answer.Json.GetProperty("limits").GetProperty("rows").GetInt32());
    }

    [TestMethod]
    public async Task MetadataThatIsJsonIsShownAsJson()
    {
        var metadata = (await _mixed.Get("/")).Json.GetProperty("model").GetProperty("metadata");
        Assert.AreEqual(2, metadata.GetProperty("architecture").GetProperty("depth").GetInt32());
        Assert.AreEqual("abc123", metadata.GetProperty("search").GetString());
        Assert.AreEqual("{not JSON", metadata.GetProperty("note").GetString());
    }

    [TestMethod]
    public async Task HealthIsGood()
    {
        var answer = await _mixed.Get("/health");
        Assert.AreEqual(HttpStatusCode.OK, answer.Status);
        Assert.AreEqual("healthy", answer.Json.GetProperty("status").GetString());
    }

    [TestMethod]
    [DataRow("/nowhere", HttpStatusCode.NotFound)]
    [DataRow("/score", HttpStatusCode.MethodNotAllowed)]
    public async Task OtherRequestsGetProblemsToo(string path, HttpStatusCode status)
    {
        var answer = await _mixed.Get(path);
        Assert.AreEqual(status, answer.Status);
        Assert.AreEqual("application/problem+json", answer.ContentType);
    }

    private static string[] Columns(JsonElement columns) =>
        [.. columns.EnumerateArray().Select(column => $"{column.GetProperty("name")} {column.GetProperty("type")} {column.GetProperty("shape").GetRawText()}")];
}
