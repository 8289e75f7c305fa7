using System.Numerics;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class SkipConnectionsTests
{
    /// <summary>64 layers to choose from in each place, and a connection between any two (Zoph and Le 2017, section 4.1).</summary>
    [TestMethod]
    public void The_space_of_the_first_paper_has_the_size_that_its_choices_give()
    {
        Assert.AreEqual(BigInteger.Pow(64, 6) * BigInteger.Pow(2, 15), SearchSpaces.NasRlCnn().Size);
        Assert.AreEqual(BigInteger.Pow(3 * 64, 3) * BigInteger.Pow(2, 3), SearchSpaces.NasRlCnn(layers: 3, searchesStrides: true).Size);
    }

    [TestMethod]
    public void Layers_read_what_feeds_them_and_the_output_joins_what_is_not_read()
    {
        var space = new SearchSpace("skips", new SkipConnections("layer", new Linear(2), new Linear(3), new Linear(5), new Linear(7)), new Shape(4));
        // 0 reads the input, 1 reads 0, 2 reads the input, 3 reads 0 and 1; 2 and 3 are not read.
        var architecture = space.Resolve(space.Parse(new Dictionary<string, string> { ["layer[1]<-0"] = "yes", ["layer[3]<-0"] = "yes", ["layer[3]<-1"] = "yes" }));
        var (output, cost) = architecture.Measure(new Shape(4));
        Assert.AreEqual(new Shape(5 + 7), output);
        Assert.AreEqual((4 + 1) * 2 + (2 + 1) * 3 + (4 + 1) * 5 + (2 + 3 + 1) * 7, cost.Parameters);
    }

    [TestMethod]
    public void Images_of_different_sizes_are_joined_on_the_largest()
    {
        var space = SearchSpaces.NasRlCnn(layers: 3, searchesStrides: true, exampleInput: new Shape(3, 12, 12));
        var genotype = space.Parse(new Dictionary<string, string> { ["layer[0].stride"] = "3", ["layer[2]<-0"] = "yes", ["layer[2]<-1"] = "yes" });
        using var network = new Network(space.Resolve(genotype).Tree, space.Input, 2);
        CollectionAssert.AreEqual(new[] { 4L, 1, 2 }, network.call(TorchSharp.torch.randn(4, 3, 12, 12)).shape);
    }

    [TestMethod]
    public void A_block_without_layers_is_refused() => Assert.ThrowsExactly<SearchSpaceException>(() => new SkipConnections("none"));
}
