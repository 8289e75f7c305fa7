using System.Text.Json;
using System.Text.Json.Serialization;

namespace Samples.Tests.ServeOnnx;

/// <summary>A row of <see cref="Models.Mixed"/> and, worked out without ONNX, its score.</summary>
internal sealed record MixedRow(float? Age, string? City, bool Member, long Visits, uint? Segment, float?[]? Point)
{
    [JsonIgnore]
    public float Score =>
        (Age ?? 100) + (City switch { "Oslo" => 10, "Zürich" => 20, null or "" => -5, _ => 0 }) + (Member ? 1000 : 0) + (2 * Visits) + (100_000 * (Segment ?? 0))
        + (Point?[0] ?? 0.5f) + (2 * (Point?[1] ?? 0.5f)) + (4 * (Point?[2] ?? 0.5f));

    /// <summary>Rows of all kinds, missing values among them, the same for the same seed.</summary>
    public static MixedRow[] Some(int count, int seed)
    {
        var random = new Random(seed);
        string?[] cities = ["Oslo", "Zürich", "Elsewhere", "", null];
        // Halves and small whole numbers: float sums of these are exact in any order.
        float? Number() => random.Next(4) == 0 ? null : random.Next(-20, 20) / 2f;
        return [.. Enumerable.Range(0, count).Select(_ => new MixedRow(
            Number(), cities[random.Next(cities.Length)], random.Next(2) == 0, random.Next(50), random.Next(3) == 0 ? null : (uint)random.Next(1, 9),
            random.Next(5) == 0 ? null : [Number(), Number(), Number()]))];
    }

    public static string ToJson(IEnumerable<MixedRow> rows) => JsonSerializer.Serialize(rows, JsonSerializerOptions.Web);

    public void AssertScored(JsonElement answer)
    {
        Assert.AreEqual(Score, answer.GetProperty(nameof(Score)).GetSingle(), ToString());
        Assert.AreEqual(1 / (1 + Math.Exp(-Score)), answer.GetProperty("Probability").GetDouble(), 1e-6, ToString());
        Assert.AreEqual(Score > 500 ? "high" : "low", answer.GetProperty("PredictedLabel").GetString(), ToString());
    }
}
