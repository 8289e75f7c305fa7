using System.Net;
using System.Text.Json;

using Microsoft.ML.Nas.Onnx;

namespace Samples.Tests.ServeOnnx;

[TestClass]
public class ScoringTests
{
    private const string Row = """{"age": 30, "city": "Oslo", "member": true, "visits": 3, "segment": 2, "point": [1, 2, 3]}""";

    private static Service _mixed = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _) => _mixed = await Service.Start(Models.Mixed());

    [ClassCleanup]
    public static async Task Stop() => await _mixed.DisposeAsync();

    [TestMethod]
    public async Task OneObjectGetsOneObject()
    {
        var answer = await _mixed.Post(Row);
        Assert.AreEqual(HttpStatusCode.OK, answer.Status);
        Assert.AreEqual("application/json", answer.ContentType);
        Assert.AreEqual(30 + 10 + 1000 + 6 + 200_000 + 17, answer.Json.GetProperty("Score").GetSingle());
        Assert.AreEqual("high", answer.Json.GetProperty("PredictedLabel").GetString());
        Assert.AreEqual(1, answer.Json.GetProperty("Probability").GetSingle());
    }

    [TestMethod]
    public async Task AnArrayOfOneGetsAnArrayOfOne()
    {
        var rows = await _mixed.Score($"[{Row}]");
        Assert.AreEqual(201_063, rows.Single().GetProperty("Score").GetSingle());
    }

    [TestMethod]
    public async Task ManyRowsAreScoredInTheirOrder()
    {
        var rows = MixedRow.Some(2_000, seed: 1);
        var answers = await _mixed.Score(MixedRow.ToJson(rows));
        Assert.HasCount(rows.Length, answers);
        foreach (var (row, answer) in rows.Zip(answers))
            row.AssertScored(answer);
    }

    [TestMethod]
    public async Task NoRowsGetNoAnswers() => Assert.IsEmpty(await _mixed.Score("[]"));

    [TestMethod]
    public async Task NullAndNoPropertyAreBothMissing()
    {
        var rows = await _mixed.Score("""
            [{"member": false, "visits": 0},
             {"age": null, "city": null, "member": false, "visits": 0, "segment": null, "point": null},
             {"age": null, "city": "", "member": false, "visits": 0, "segment": 0, "point": [null, null, null]},
             {"age": 1, "city": "Rome", "member": false, "visits": 0, "point": [null, 8, null]}]
            """);
        float[] scores = [.. rows.Select(row => row.GetProperty("Score").GetSingle())];
        CollectionAssert.AreEqual(new[] { 98.5f, 98.5f, 98.5f, 19.5f }, scores);
    }

    [TestMethod]
    public async Task ParallelRequestsGetTheirOwnAnswers()
    {
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var rows = MixedRow.Some(1 + (i * 7 % 90), seed: i);
            var answers = await _mixed.Score(MixedRow.ToJson(rows));
            foreach (var (row, answer) in rows.Zip(answers))
                row.AssertScored(answer);
        });
    }

    [TestMethod]
    public async Task MulticlassScoresAreArrays()
    {
        await using var service = await Service.Start(Models.ThreeClasses());
        var rows = await service.Score("""[{"x": [1, 3, 2]}, {"x": [0, 0, 700]}]""");
        Assert.AreEqual(1, rows[0].GetProperty("PredictedLabel").GetInt64());
        double[] scores = [.. rows[0].GetProperty("Score").EnumerateArray().Select(score => score.GetDouble())];
        double sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        Assert.AreEqual(Math.Exp(1) / sum, scores[0], 1e-12);
        Assert.AreEqual(Math.Exp(3) / sum, scores[1], 1e-12);
        Assert.AreEqual(Math.Exp(2) / sum, scores[2], 1e-12);
        Assert.AreEqual(2, rows[1].GetProperty("PredictedLabel").GetInt64());
    }

    [TestMethod]
    public async Task RegressionHasAScoreOnlyAndWhatIsNoNumberIsNull()
    {
        await using var service = await Service.Start(Models.Logarithm());
        var rows = await service.Score("""[{"x": 1}, {"x": 0}, {"x": -1}, {"x": null}]""");
        CollectionAssert.AreEqual(new[] { "Score" }, rows[0].EnumerateObject().Select(property => property.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "0", "null", "null", "null" }, rows.Select(row => row.GetProperty("Score").GetRawText()).ToArray());
    }

    [TestMethod]
    [DataRow(ElementType.Float, "[0.1, -3.4028235E+38, 1E-45, null]", null)]
    [DataRow(ElementType.Double, "[0.1, 1.7976931348623157E+308, null, 5E-324]", null)]
    [DataRow(ElementType.Int8, "[-128, 127, 0, 1]", null)]
    [DataRow(ElementType.Int16, "[-32768, 32767, 0, 1]", null)]
    [DataRow(ElementType.Int32, "[-2147483648, 2147483647, 0, 1]", null)]
    [DataRow(ElementType.Int64, "[-9223372036854775808, 9223372036854775807, 0, 1]", null)]
    [DataRow(ElementType.UInt8, "[0, 255, 1, null]", "[0,255,1,0]")]
    [DataRow(ElementType.UInt16, "[0, 65535, 1, null]", "[0,65535,1,0]")]
    [DataRow(ElementType.UInt32, "[0, 4294967295, 1, null]", "[0,4294967295,1,0]")]
    [DataRow(ElementType.UInt64, "[0, 18446744073709551615, 1, null]", "[0,18446744073709551615,1,0]")]
    [DataRow(ElementType.Int32, "[3.0, 1e3, -2E0, -0]", "[3,1000,-2,0]")]
    [DataRow(ElementType.Bool, "[true, false, false, true]", null)]
    [DataRow(ElementType.String, """["a", "", "Zürich 東京 🙂", null]""", """["a","","Zürich 東京 🙂",""]""")]
    [DataRow(ElementType.String, """["a\u0000b", "\"", "\ud83d\ude42", "\\"]""", null)]
    public async Task ValuesOfEveryTypePassUnchanged(ElementType type, string sent, string? expected)
    {
        await using var matrix = await Service.Start(Models.Echo(type, "N", 4));
        var row = (await matrix.Score($$"""[{"x": {{sent}}}]""")).Single().GetProperty("same");
        using var wanted = JsonDocument.Parse(expected ?? sent);
        Assert.IsTrue(JsonElement.DeepEquals(wanted.RootElement, row), $"{row}");

        await using var vector = await Service.Start(Models.Echo(type, "N"));
        using var values = JsonDocument.Parse(sent);
        var rows = await vector.Score($"[{string.Join(',', values.RootElement.EnumerateArray().Select(value => $$"""{"x": {{value.GetRawText()}}}"""))}]");
        foreach (var (value, answer) in wanted.RootElement.EnumerateArray().Zip(rows))
            Assert.IsTrue(JsonElement.DeepEquals(value, answer.GetProperty("same")), $"{answer}");
    }
}
