using Microsoft.ML.Data;
using Microsoft.ML.Nas.Tests.Data;

namespace Microsoft.ML.Nas.Tests.Pipeline;

/// <summary>Small views of a number with missing values, a text and a key, with a label of each kind, and a column that is no feature.</summary>
internal static class TestRows
{
    public static readonly string[] Features = ["Age", "City", "Code"];

    public static readonly SearchOptions Options = new() { FeatureColumnNames = Features };

    public static TestView Binary(int rows = 100, int seed = 1) => FeaturesOf(rows, seed).Boolean("Label", Each(rows, static row => row % 2 == 1));

    public static TestView BinaryKey(int rows = 100, int seed = 1) =>
        FeaturesOf(rows, seed).Key("Label", 2, Each(rows, static row => (uint)(row % 2) + 1), ["no", "yes"]);

    public static TestView Multiclass(int rows = 100, int seed = 1) =>
        FeaturesOf(rows, seed).Key("Label", 3, Each(rows, static row => (uint)(row % 3) + 1), ["ant", "bee", "cat"]);

    public static TestView Regression(int rows = 100, int seed = 1) => FeaturesOf(rows, seed).Single("Label", Each(rows, static row => (float)row));

    public static IEnumerable<TestView> All(int rows = 100, int seed = 1) => [Binary(rows, seed), BinaryKey(rows, seed), Multiclass(rows, seed), Regression(rows, seed)];

    private static TestView FeaturesOf(int rows, int seed)
    {
        var random = new Random(seed);
        string[] cities = ["Oslo", "Bern", "", "Rome"];
        return new TestView()
            .Single("Age", Each(rows, _ => random.Next(8) == 0 ? float.NaN : random.Next(100)))
            .Text("City", Each(rows, _ => cities[random.Next(4)]))
            .Key("Code", 5, Each(rows, _ => (uint)random.Next(6)))
            .Add("Row", NumberDataViewType.Int32, Each(rows, static row => row))
            .Add("Pair", new VectorDataViewType(NumberDataViewType.Single, 2), Each(rows, static row => new VBuffer<float>(2, [row, -row])));
    }

    private static T[] Each<T>(int rows, Func<int, T> value) => [.. Enumerable.Range(0, rows).Select(value)];
}
