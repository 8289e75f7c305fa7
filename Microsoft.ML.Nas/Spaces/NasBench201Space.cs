using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Builds <see cref="SearchSpaces.NasBench201"/>.</summary>
internal static class NasBench201Space
{
    private const int Stages = 3;

    /// <summary>Intermediate nodes of the cell.</summary>
    private const int Nodes = 3;

    public static SearchSpace Create(int channels, int cellsPerStage, Shape exampleInput)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellsPerStage, 1);
        var blocks = new List<Block> { new Conv2d(channels, 3) { HasBias = false }, new BatchNorm() };
        for (var stage = 0; stage < Stages; stage++)
        {
            var width = channels << stage;
            if (stage > 0) blocks.Add(Reduction(width));
            for (var cell = 0; cell < cellsPerStage; cell++) blocks.Add(Cell.Dense("cell", [new Chain()], Nodes, (_, _) => Options(width)));
        }
        blocks.AddRange([new BatchNorm(), new Relu(), new GlobalAveragePool()]);
        return new SearchSpace("nasbench201", new Chain([.. blocks]), exampleInput, ResidualCell);
    }

    /// <summary>The options in the benchmark's order.</summary>
    private static (string, Block)[] Options(int channels) =>
    [
        ("none", new Zero()),
        ("skip_connect", new Identity()),
        ("nor_conv_1x1", new ReluConvBatchNorm(channels, 1)),
        ("nor_conv_3x3", new ReluConvBatchNorm(channels, 3)),
        ("avg_pool_3x3", new AveragePool()),
    ];

    /// <summary>The benchmark's ResNet cell: two convolutions and a skip connection around them.</summary>
    private static Dictionary<string, string> ResidualCell => new()
    {
        ["cell.1<-0"] = "nor_conv_3x3",
        ["cell.2<-1"] = "nor_conv_3x3",
        ["cell.3<-0"] = "skip_connect",
        ["cell.3<-2"] = "skip_connect",
    };

    /// <summary>Two convolutions, and a pooled and projected way around them.</summary>
    private static Branches Reduction(int channels) => new(Merge.Sum,
        new Chain(new AveragePool(2) { Stride = 2 }, new Conv2d(channels, 1) { HasBias = false }),
        new Chain(new ReluConvBatchNorm(channels, 3) { Stride = 2 }, new ReluConvBatchNorm(channels, 3)));
}
