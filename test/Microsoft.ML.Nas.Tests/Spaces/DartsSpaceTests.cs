using System.Numerics;
using Microsoft.ML.Nas.Networks;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class DartsSpaceTests
{
    private const int Classes = 10;
    private static readonly SearchSpace Full = SearchSpaces.DartsCells(channels: 36, cells: 20);

    /// <summary>Two cells, each ∏ k (k + 1) / 2 × 7² over its nodes (Liu 2019, section 4.1).</summary>
    [TestMethod]
    public void The_space_has_the_size_of_the_paper() =>
        Assert.AreEqual(BigInteger.Pow(1 * 3 * 6 * 10 * BigInteger.Pow(7, 8), 2), SearchSpaces.DartsCells().Size);

    /// <summary>Counts of the published networks with 36 channels and 20 layers, without the auxiliary head: 3.3 M in the paper.</summary>
    [TestMethod]
    public void The_published_cells_have_the_published_number_of_parameters()
    {
        Assert.AreEqual(3_169_414, Parameters(DartsGenotypes.V1), "DARTS, first order");
        Assert.AreEqual(3_349_342, Parameters(DartsGenotypes.V2), "DARTS, second order");
    }

    /// <summary>P-DARTS (Chen 2019) searches the same space and reports 3.4 M; its network has 3,433,798 parameters.</summary>
    [TestMethod]
    public void Cells_found_by_others_load_too() => Assert.AreEqual(3_433_798, Parameters(DartsGenotypes.Decisions(
        [("skip_connect", 0), ("dil_conv_3x3", 1), ("skip_connect", 0), ("sep_conv_3x3", 1), ("sep_conv_3x3", 1), ("sep_conv_3x3", 3), ("sep_conv_3x3", 0), ("dil_conv_5x5", 4)],
        [("avg_pool_3x3", 0), ("sep_conv_5x5", 1), ("sep_conv_3x3", 0), ("dil_conv_5x5", 2), ("max_pool_3x3", 0), ("dil_conv_3x3", 1), ("dil_conv_3x3", 1), ("dil_conv_5x5", 3)])));

    [TestMethod]
    public void The_count_is_the_modules()
    {
        using var network = new Network(Full.Resolve(Full.Parse(DartsGenotypes.V2)).Tree, Full.Input, Classes);
        Assert.AreEqual(Parameters(DartsGenotypes.V2), network.parameters().Sum(static parameter => parameter.numel()));
    }

    [TestMethod]
    public void Cells_that_do_not_fit_the_notation_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => DartsGenotypes.Decisions([("sep_conv_3x3", 0)], []));
        Assert.ThrowsExactly<ArgumentException>(() => DartsGenotypes.Decisions([("sep_conv_3x3", 0), ("sep_conv_3x3", 2)], []));
        Assert.ThrowsExactly<ArgumentException>(() => DartsGenotypes.Decisions([("sep_conv_3x3", 1), ("sep_conv_3x3", 1)], []));
    }

    private static long Parameters(IReadOnlyDictionary<string, string> decisions) =>
        Network.CostOf(Full.Resolve(Full.Parse(decisions)), Full.Input, Classes).Parameters;
}
