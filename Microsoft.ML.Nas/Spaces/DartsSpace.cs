using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Builds <see cref="SearchSpaces.DartsCells"/>.</summary>
internal static class DartsSpace
{
    private const int Inputs = 2;
    private const int EdgesPerNode = 2;

    /// <summary>The stem has this many times the channels of a node.</summary>
    private const int StemMultiplier = 3;

    public static SearchSpace Create(int channels, int cells, int nodes, Shape exampleInput, float dropPath)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 2);
        var stem = new Chain(new Conv2d(StemMultiplier * channels, 3) { HasBias = false }, new BatchNorm());
        var stack = new List<Cell>();
        var (width, afterReduction) = (channels, false);
        for (var position = 0; position < cells; position++)
        {
            var reduces = position == cells / 3 || position == 2 * cells / 3;
            if (reduces) width *= 2;
            stack.Add(CellAt(width, nodes, reduces, afterReduction) with { DropPath = dropPath });
            afterReduction = reduces;
        }
        return new SearchSpace("darts", new Chain(new CellStack(stem, [.. stack]), new GlobalAveragePool()), exampleInput, Separable(nodes));
    }

    private static Cell CellAt(int channels, int nodes, bool reduces, bool afterReduction)
    {
        Operation beforeLast = afterReduction ? new FactorizedReduction(channels) : new ReluConvBatchNorm(channels, 1);
        return Cell.Dense(reduces ? "reduction" : "normal", [beforeLast, new ReluConvBatchNorm(channels, 1)], nodes,
            (from, _) => Options(channels, reduces && from < Inputs ? 2 : 1), hasNone: true) with
        {
            EdgesPerNode = EdgesPerNode,
            Output = CellOutput.Concatenation,
        };
    }

    /// <summary>The options in the order of the published code, which has "none" before them.</summary>
    private static (string, Block)[] Options(int channels, int stride) =>
    [
        ("max_pool_3x3", new MaxPool { Stride = stride, IsNormalizedInSupernet = true }),
        ("avg_pool_3x3", new AveragePool { Stride = stride, IsNormalizedInSupernet = true }),
        ("skip_connect", stride == 1 ? new Identity() : new FactorizedReduction(channels)),
        ("sep_conv_3x3", new SeparableConv2d(channels, 3) { Stride = stride }),
        ("sep_conv_5x5", new SeparableConv2d(channels, 5) { Stride = stride }),
        ("dil_conv_3x3", new DilatedConv2d(channels, 3) { Stride = stride }),
        ("dil_conv_5x5", new DilatedConv2d(channels, 5) { Stride = stride }),
    ];

    /// <summary>Separable convolutions of both inputs at every node, and pooling in reduction cells.</summary>
    private static Dictionary<string, string> Separable(int nodes) => Enumerable.Range(Inputs, nodes)
        .SelectMany(static node => Enumerable.Range(0, Inputs).Select(from => $"normal.{node}<-{from}")).ToDictionary(static name => name, static _ => "sep_conv_3x3");
}
