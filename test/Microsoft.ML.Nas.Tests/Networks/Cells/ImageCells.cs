using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Networks.Cells;

/// <summary>A small stack of DARTS cells over images: two normal cells around a reduction cell.</summary>
internal static class ImageCells
{
    public static SearchSpace Space(Shape input, int channels, int nodes = 2, Func<int, int, (string, Block)[]>? options = null) => new("image cells", new Chain(
        new CellStack(new ReluConvBatchNorm(2 * channels, 3),
            CellOf("normal", channels, nodes, stride: 1, afterReduction: false, options ?? Options),
            CellOf("reduction", 2 * channels, nodes, stride: 2, afterReduction: false, options ?? Options),
            CellOf("normal", 2 * channels, nodes, stride: 1, afterReduction: true, options ?? Options)),
        new GlobalAveragePool()), input);

    public static (string, Block)[] Options(int channels, int stride) =>
    [
        ("max_pool_3x3", new MaxPool { Stride = stride, IsNormalizedInSupernet = true }),
        ("avg_pool_3x3", new AveragePool { Stride = stride, IsNormalizedInSupernet = true }),
        ("skip_connect", stride == 1 ? new Identity() : new FactorizedReduction(channels)),
        ("sep_conv_3x3", new SeparableConv2d(channels) { Stride = stride }),
        ("sep_conv_5x5", new SeparableConv2d(channels, 5) { Stride = stride }),
        ("dil_conv_3x3", new DilatedConv2d(channels) { Stride = stride }),
        ("dil_conv_5x5", new DilatedConv2d(channels, 5) { Stride = stride }),
    ];

    private static Cell CellOf(string name, int channels, int nodes, int stride, bool afterReduction, Func<int, int, (string, Block)[]> options) =>
        Cell.Dense(name, [afterReduction ? new FactorizedReduction(channels) : new ReluConvBatchNorm(channels), new ReluConvBatchNorm(channels)], nodes,
            (from, _) => options(channels, from < 2 ? stride : 1), hasNone: true) with
        {
            EdgesPerNode = 2,
            Output = CellOutput.Concatenation,
        };
}
