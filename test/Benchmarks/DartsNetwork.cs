using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Benchmarks;

/// <summary>The search network of DARTS (Liu 2019): its eight options on every edge of cells of four nodes.</summary>
internal static class DartsNetwork
{
    public static SearchSpace Space(Shape input, int channels, int layers)
    {
        var cells = new List<Cell>();
        var (width, wasReduction) = (channels, false);
        for (var layer = 0; layer < layers; layer++)
        {
            var isReduction = layer == layers / 3 || layer == 2 * layers / 3;
            if (isReduction) width *= 2;
            cells.Add(CellOf(width, isReduction, wasReduction));
            wasReduction = isReduction;
        }
        return new("darts", new Chain(new CellStack(new ReluConvBatchNorm(3 * channels, 3), [.. cells]), new GlobalAveragePool()), input);
    }

    private static Cell CellOf(int channels, bool isReduction, bool wasReduction) => Cell.Dense(isReduction ? "reduction" : "normal",
        [wasReduction ? new FactorizedReduction(channels) : new ReluConvBatchNorm(channels), new ReluConvBatchNorm(channels)], nodes: 4,
        (from, _) => Options(channels, isReduction && from < 2 ? 2 : 1), hasNone: true) with { EdgesPerNode = 2, Output = CellOutput.Concatenation };

    private static (string, Block)[] Options(int channels, int stride) =>
    [
        ("max_pool_3x3", new MaxPool { Stride = stride, IsNormalizedInSupernet = true }),
        ("avg_pool_3x3", new AveragePool { Stride = stride, IsNormalizedInSupernet = true }),
        ("skip_connect", stride == 1 ? new Identity() : new FactorizedReduction(channels)),
        ("sep_conv_3x3", new SeparableConv2d(channels) { Stride = stride }),
        ("sep_conv_5x5", new SeparableConv2d(channels, 5) { Stride = stride }),
        ("dil_conv_3x3", new DilatedConv2d(channels) { Stride = stride }),
        ("dil_conv_5x5", new DilatedConv2d(channels, 5) { Stride = stride }),
    ];
}
