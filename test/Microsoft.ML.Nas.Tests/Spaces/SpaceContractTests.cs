using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Spaces;

/// <summary>A sample of the architectures of every space; <c>./build.sh bench spaces</c> checks 200 of each.</summary>
[TestClass]
public sealed class SpaceContractTests
{
    private const int Architectures = 3;

    public static IEnumerable<object[]> Spaces => SpaceContract.Spaces().Select(static space => new object[] { space.Name, space });

    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void Shapes_parameters_and_onnx_are_what_architectures_say(string name, SearchSpace space)
    {
        manual_seed(1);
        var random = new Random(1);
        SpaceContract.Check(space.Resolve(space.Default));
        for (var i = 0; i < Architectures; i++) SpaceContract.Check(space.Resolve(space.Sample(random)));
        Assert.AreEqual(name, space.Name);
    }

    [TestMethod]
    public void Multiply_adds_are_those_of_the_exported_graph()
    {
        if (!MacCount.IsAvailable)
        {
            Assert.Inconclusive("/usr/bin/python3 with the package onnx is missing; install python3-onnx.");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("nasml-macs-");
        try
        {
            var random = new Random(2);
            var architectures = SpaceContract.Spaces().Select(space => space.Resolve(space.Sample(random))).ToArray();
            for (var i = 0; i < architectures.Length; i++)
                SpaceContract.Check(architectures[i], Path.Combine(folder.FullName, $"{i:000}.onnx"));
            var counts = MacCount.Of(folder.FullName);
            Assert.HasCount(architectures.Length, counts);
            for (var i = 0; i < counts.Length; i++) Assert.IsNull(SpaceContract.WrongMacs(architectures[i], counts[i]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Without the strided space: connections between images of different sizes compute other things when they are mixed.</summary>
    public static IEnumerable<object[]> ImageSpaces => Spaces.Where(static row => row[1] is SearchSpace { Input.Dimensions.Length: Shape.ImageRank, Name: not "nas-rl-cnn-strided" });

    [TestMethod]
    [DynamicData(nameof(ImageSpaces))]
    public void A_supernet_computes_a_path_alone_and_as_a_mixture(string name, SearchSpace space)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var supernet = new Supernet(space, space.Input, 2);
        supernet.eval();
        var images = randn([4, .. space.Input.Dimensions.Select(static size => (long)size)]);
        var random = new Random(1);
        using var none = no_grad();
        for (var i = 0; i < 2; i++)
        {
            var genotype = space.Sample(random);
            // The units of squeeze-excite follow width and expansion, so a mixture of those has more of them than a narrow path.
            var weights = space.Decisions.Select((decision, index) => name == "mobilenet" && (decision.Name == "width" || decision.Name.EndsWith(".expansion", StringComparison.Ordinal)) ? null : eye(decision.MixedCount).select(0, genotype[index]));
            var path = supernet.call(images, Mixture.Path(genotype));
            var mixed = supernet.call(images, Mixture.Weighted([.. weights], genotype));
            Assert.IsLessThan(1e-3, (path - mixed).abs().max().item<float>(), $"{name}: {space.Resolve(genotype)}");
        }
    }

    [TestMethod]
    public void Options_of_different_image_sizes_cannot_be_mixed()
    {
        using var scope = NewDisposeScope();
        var space = SearchSpaces.NasRlCnn(layers: 1, searchesStrides: true);
        using var supernet = new Supernet(space, space.Input, 2);
        var weights = space.Decisions.Select(static decision => (Tensor?)full(decision.Count, 1f / decision.Count));
        StringAssert.Contains(Assert.ThrowsExactly<SearchSpaceException>(() => supernet.call(randn(2, 3, 32, 32), Mixture.Weighted([.. weights], space.Default))).Message, "equal but for their channels");
    }
}
