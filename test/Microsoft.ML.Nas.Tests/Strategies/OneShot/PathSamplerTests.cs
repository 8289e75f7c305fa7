using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.OneShot;

namespace Microsoft.ML.Nas.Tests.Strategies.OneShot;

[TestClass]
public sealed class PathSamplerTests
{
    private static readonly SearchSpace Space = new("paths", new Chain(
        new Linear(Setting.Shared("width", 8, 32, 16)),
        new Choice("activation", ("relu", new Relu()), ("silu", new Silu())),
        new Repeat("blocks", new Chain(new Linear(Setting.OneOf("inner", 4, 12)), new Dropout(Setting.OneOf("dropout", 0f, 0.5f).AsRegularization()), new Linear(Setting.Shared("width", 8, 32, 16))), 1, 3)), new Shape(2));

    [TestMethod]
    public void Uniform_paths_take_every_option_equally_often()
    {
        var random = new Random(1);
        var paths = PathSampler.Create(Space, PathSampling.Uniform, Size);
        var width = Space.IndexOf("width");
        var counts = Enumerable.Range(0, 3000).Select(_ => paths.Next(0, random).Single()[width]).CountBy(static option => option).ToDictionary();
        foreach (var count in counts.Values) Assert.AreEqual(1000, count, 100);
    }

    [TestMethod]
    public void Strictly_fair_paths_take_every_option_once_a_step()
    {
        var random = new Random(1);
        var paths = PathSampler.Create(Space, PathSampling.StrictFair, Size);
        for (var step = 0; step < 20; step++)
        {
            var taken = paths.Next(0, random);
            Assert.HasCount(3, taken);
            CollectionAssert.AreEquivalent(new[] { 0, 1, 2 }, taken.Select(path => path[Space.IndexOf("width")]).ToArray());
            CollectionAssert.AreEquivalent(new[] { 0, 1, 2 }, taken.Select(path => path[Space.IndexOf("blocks")]).ToArray());
            Assert.AreEqual(2, taken.Select(path => path[Space.IndexOf("activation")]).Distinct().Count());
        }
    }

    [TestMethod]
    public void Shrinking_starts_with_the_largest_then_frees_depth_then_width()
    {
        var random = new Random(1);
        var paths = PathSampler.Create(Space, PathSampling.ProgressiveShrinking, Size);
        var (width, depth) = (Space.IndexOf("width"), Space.IndexOf("blocks"));
        Assert.AreEqual(Size(paths.Largest!), Enumerable.Range(0, 300).Select(_ => Size(Space.Sample(random))).Append(Size(paths.Largest!)).Max());
        Seen(0.2, [1], [2]);
        Seen(0.5, [1], [1, 2]);
        Seen(0.66, [1], [0, 1, 2]);
        Seen(0.8, [1, 2], [0, 1, 2]);
        Seen(1, [0, 1, 2], [0, 1, 2]);

        void Seen(double progress, int[] widths, int[] depths)
        {
            var drawn = Enumerable.Range(0, 200).Select(_ => paths.Next(progress, random).Single()).ToArray();
            CollectionAssert.AreEquivalent(widths, drawn.Select(path => path[width]).Distinct().ToArray(), $"widths at {progress}");
            CollectionAssert.AreEquivalent(depths, drawn.Select(path => path[depth]).Distinct().ToArray(), $"depths at {progress}");
        }
    }

    [TestMethod]
    public void Regularization_stays_at_its_first_option()
    {
        var random = new Random(1);
        foreach (var sampling in Enum.GetValues<PathSampling>())
        {
            var paths = PathSampler.Create(Space, sampling, Size);
            for (var step = 0; step < 50; step++)
                foreach (var path in paths.Next(1, random))
                    Assert.IsTrue(Space.Decisions.Select((decision, index) => decision.Kind != DecisionKind.Regularization || path[index] == 0).All(static holds => holds));
        }
    }

    private static long Size(Genotype genotype) => Space.Resolve(genotype).CostOn(new Shape(2)).Macs;
}
