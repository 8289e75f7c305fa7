using System.Net;
using System.Text;
using System.Text.Json;

using Microsoft.ML.Nas.Onnx;

namespace Samples.Tests.ServeOnnx;

[TestClass]
public class BadRequestTests
{
    private static Service _mixed = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _) => _mixed = await Service.Start(Models.Mixed(), options => options with { MaxRows = 5, MaxBodyBytes = 4096 });

    [ClassCleanup]
    public static async Task Stop() => await _mixed.DisposeAsync();

    [TestMethod]
    [DataRow("", "empty")]
    [DataRow(" \r\n\t", "empty")]
    [DataRow("\uFEFF", "empty")]
    [DataRow("{", "not JSON")]
    [DataRow("[{\"age\": 1},]", "not JSON")]
    [DataRow("[{'age': 1}]", "not JSON")]
    [DataRow("age=1", "not JSON")]
    [DataRow("[{\"age\": NaN}]", "not JSON")]
    [DataRow("{} {}", "not JSON")]
    [DataRow("7", "The body is 7; expected a JSON array of row objects")]
    [DataRow("null", "The body is null; expected a JSON array of row objects")]
    [DataRow("\"text\"", "The body is \"text\"; expected a JSON array of row objects")]
    [DataRow("[{},{},{},{},{},{}]", "6 rows; expected at most 5")]
    public async Task BodiesThatAreNotRows(string body, string reason)
    {
        var problem = await Refused(body);
        StringAssert.Contains(problem.GetProperty("detail").GetString(), reason);
    }

    [TestMethod]
    public async Task TextThatIsNotUtf8()
    {
        var answer = await _mixed.Post([.. "{\"city\": \""u8, 0xFF, .. "\"}"u8]);
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.Status);
        StringAssert.Contains(answer.Json.GetProperty("detail").GetString(), "not UTF-8");
    }

    [TestMethod]
    public async Task JsonThatIsTooDeep() => StringAssert.Contains((await Refused(new string('[', 1000))).GetProperty("detail").GetString(), "not JSON");

    [TestMethod]
    [DataRow("1", "1")]
    [DataRow("null", "null")]
    [DataRow("[1, 2]", "[1, 2]")]
    public async Task RowsThatAreNotObjects(string row, string value)
    {
        var problem = await Refused($$"""[{"member": true, "visits": 1}, {{row}}]""");
        AssertAbout(problem, row: 1, column: null, value, "an object");
    }

    [TestMethod]
    [DataRow("age", "\"30\"", "a number in the range of float, or null")]
    [DataRow("age", "true", "a number")]
    [DataRow("age", "[30]", "a number")]
    [DataRow("age", "{}", "a number")]
    [DataRow("age", "1e39", "in the range of float")]
    [DataRow("age", "-1e999", "in the range of float")]
    [DataRow("city", "7", "a string, or null")]
    [DataRow("city", "[\"Oslo\"]", "a string")]
    [DataRow("city", "\"\\ud800\"", "a string")]
    [DataRow("member", "1", "true or false")]
    [DataRow("member", "\"true\"", "true or false")]
    [DataRow("member", "null", "true or false")]
    [DataRow("visits", "1.5", "a whole number from -9223372036854775808 to 9223372036854775807")]
    [DataRow("visits", "9223372036854775808", "a whole number")]
    [DataRow("visits", "1e400", "a whole number")]
    [DataRow("visits", "\"1\"", "a whole number")]
    [DataRow("visits", "null", "a whole number")]
    [DataRow("segment", "-1", "a whole number from 0 to 4294967295, or null")]
    [DataRow("segment", "4294967296", "a whole number")]
    [DataRow("point", "1", "an array of 3 elements, each a number")]
    [DataRow("point", "[]", "an array of 3 elements, each a number in the range of float, or null for a missing value (this has 0)")]
    [DataRow("point", "[1, 2]", "(this has 2)")]
    [DataRow("point", "[1, 2, 3, 4]", "(this has 4)")]
    public async Task ValuesThatDoNotFit(string column, string value, string expected)
    {
        var row = new Dictionary<string, string> { ["member"] = "true", ["visits"] = "1", [column] = value };
        var problem = await Refused($$"""[{"member": true, "visits": 1}, {{Json(row)}}]""");
        AssertAbout(problem, row: 1, column, value, expected);
    }

    [TestMethod]
    public async Task ElementsThatDoNotFit()
    {
        var problem = await Refused("""{"member": true, "visits": 1, "point": [1, null, "three"]}""");
        AssertAbout(problem, row: 0, "point", "\"three\"", "each a number");
        StringAssert.Contains(problem.GetProperty("detail").GetString(), "element 2");
    }

    [TestMethod]
    [DataRow("member", "visits")]
    [DataRow("visits", "member")]
    public async Task ColumnsThatCannotBeMissing(string given, string missing)
    {
        var problem = await Refused(Json(new() { [given] = given == "member" ? "true" : "1" }));
        AssertAbout(problem, row: 0, missing, value: null, missing == "member" ? "true or false" : "a whole number");
        StringAssert.Contains(problem.GetProperty("detail").GetString(), "there is no value");
    }

    [TestMethod]
    public async Task ColumnsThatTheModelDoesNotHave()
    {
        var problem = await Refused("""{"member": true, "visits": 1, "Age": 30}""");
        AssertAbout(problem, row: 0, "Age", "30", "only age, city, member, visits, segment, point");
    }

    [TestMethod]
    public async Task ColumnsThatAreThereTwice()
    {
        var problem = await Refused("""{"member": true, "visits": 1, "visits": 2}""");
        AssertAbout(problem, row: 0, "visits", "2", "each column once");
    }

    [TestMethod]
    public async Task NamesThatAreNotText()
    {
        var problem = await Refused("""{"\udc00": 1}""");
        StringAssert.Contains(problem.GetProperty("detail").GetString(), "Row 0");
    }

    [TestMethod]
    public async Task LongValuesAreShortened()
    {
        // The emoji lies across the place where the text is cut.
        string value = "\"" + new string('a', 98) + "🙂" + new string('b', 2000) + "\"";
        string shown = (await Refused($$"""{"age": {{value}}}""")).GetProperty("value").GetString()!;
        Assert.AreEqual("\"" + new string('a', 98) + "…", shown);
        string name = (await Refused($$"""{ {{value}}: 1 }""")).GetProperty("column").GetString()!;
        Assert.AreEqual(new string('a', 98) + "🙂…", name);
    }

    [TestMethod]
    public async Task ValuesThatTheModelFailsOn()
    {
        await using var service = await Service.Start(Models.Lookup());
        Assert.AreEqual(6, (await service.Score("""[{"place": 1}]""")).Single().GetProperty("found").GetSingle());
        var answer = await service.Post("""[{"place": 2}]""");
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.Status);
        StringAssert.Contains(answer.Json.GetProperty("detail").GetString(), "The model fails on these rows");
    }

    [TestMethod]
    [DataRow(ElementType.Int8, "128")]
    [DataRow(ElementType.UInt8, "256")]
    [DataRow(ElementType.Int16, "-32769")]
    [DataRow(ElementType.UInt16, "-1")]
    [DataRow(ElementType.Int32, "2147483648")]
    [DataRow(ElementType.UInt64, "18446744073709551616")]
    [DataRow(ElementType.Double, "1e309")]
    public async Task NumbersOutOfRange(ElementType type, string value)
    {
        await using var service = await Service.Start(Models.Echo(type, "N", 1));
        var answer = await service.Post($$"""{"x": {{value}}}""");
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.Status);
        AssertAbout(answer.Json, row: 0, "x", value, "number");
    }

    [TestMethod]
    public async Task BodiesThatAreTooLong()
    {
        var answer = await _mixed.Post(new string(' ', 5000));
        Assert.AreEqual(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        StringAssert.Contains(answer.Json.GetProperty("detail").GetString(), "4096 bytes");
    }

    [TestMethod]
    public async Task BrokenBytesNeverBreakTheService()
    {
        var random = new Random(5);
        byte[] whole = Encoding.UTF8.GetBytes("""[{"age": 1.5, "city": "Z\u00fcrich", "member": true, "visits": 3, "segment": 2, "point": [1, null, 3]}]""");
        for (int i = 0; i < 300; i++)
        {
            byte[] broken = [.. whole];
            for (int k = 0; k <= i % 3; k++)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            var answer = await _mixed.Post(broken[..^(i % 2 * random.Next(broken.Length))]);
            Assert.IsTrue(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.Status} for {Encoding.Latin1.GetString(broken)}");
        }
    }

    private static async Task<JsonElement> Refused(string body)
    {
        var answer = await _mixed.Post(body);
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.Status, answer.Json.GetRawText());
        Assert.AreEqual("application/problem+json", answer.ContentType);
        Assert.AreEqual(400, answer.Json.GetProperty("status").GetInt32());
        return answer.Json;
    }

    private static void AssertAbout(JsonElement problem, int row, string? column, string? value, string expected)
    {
        string detail = problem.GetProperty("detail").GetString()!;
        Assert.AreEqual(row, problem.GetProperty("row").GetInt32());
        StringAssert.Contains(detail, $"Row {row}");
        Assert.AreEqual(column, problem.TryGetProperty("column", out var named) ? named.GetString() : null);
        StringAssert.Contains(detail, column ?? "");
        Assert.AreEqual(value, problem.TryGetProperty("value", out var shown) ? shown.GetString() : null);
        StringAssert.Contains(detail, value ?? "");
        StringAssert.Contains(problem.GetProperty("expected").GetString(), expected);
        StringAssert.Contains(detail, expected);
    }

    private static string Json(Dictionary<string, string> row) => $"{{{string.Join(", ", row.Select(entry => $"\"{entry.Key}\": {entry.Value}"))}}}";
}
