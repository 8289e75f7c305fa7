using Microsoft.ML.Data;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Data.Images;

/// <summary>Small images whose class is the half that is brighter, and a space that can tell.</summary>
internal static class ImageRows
{
    public const int Side = 6;

    /// <summary>Bytes with dimensions <c>[1, 6, 6]</c>, and a key of two or three values: brighter above, below (or left).</summary>
    public static TestView Bytes(int rows = 90, int classes = 3, int seed = 1) => Labels(new TestView()
        .Add("Image", new VectorDataViewType(NumberDataViewType.Byte, 1, Side, Side), Pixels(rows, classes, seed, static value => (byte)value)), rows, classes);

    /// <summary>Floats with dimensions <c>[6, 6]</c>.</summary>
    public static TestView Floats(int rows = 90, int classes = 3, int seed = 1) => Labels(new TestView()
        .Add("Image", new VectorDataViewType(NumberDataViewType.Single, Side, Side), Pixels(rows, classes, seed, static value => value / 7f)), rows, classes);

    public static SearchSpace Space(Shape? input = null) => new("tiny images", new Chain(
        new Conv2d(4, 3), new Choice("op", ("conv", new ReluConvBatchNorm(4, 3)), ("skip", new Identity())), new Relu(), new Flatten(), new Linear(8), new Relu()), input ?? new Shape(1, Side, Side));

    public static SearchOptions Options(Action<SearchOptions>? change = null)
    {
        var options = new SearchOptions { Space = Space(), Strategy = SearchStrategies.Random(), MaxTrials = 1, EpochsPerTrial = 2, MaxTrainingEpochs = 6, Seed = 3, Threads = 1, ImageAugmentation = ImageAugmentation.None };
        change?.Invoke(options);
        return options;
    }

    private static TestView Labels(TestView view, int rows, int classes) =>
        view.Key("Label", classes, [.. Enumerable.Range(0, rows).Select(row => (uint)(row % classes) + 1)], [.. new[] { "above", "below", "left" }.Take(classes)]);

    private static VBuffer<T>[] Pixels<T>(int rows, int classes, int seed, Func<int, T> convert)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(row => new VBuffer<T>(Side * Side, [.. Enumerable.Range(0, Side * Side).Select(place =>
        {
            var (y, x) = (place / Side, place % Side);
            var bright = (row % classes) switch { 0 => y < Side / 2, 1 => y >= Side / 2, _ => x < Side / 2 };
            return convert(random.Next(100) + (bright ? 100 : 0));
        })]))];
    }
}
