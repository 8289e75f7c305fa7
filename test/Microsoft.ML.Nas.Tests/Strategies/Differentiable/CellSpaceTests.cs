using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Strategies.Differentiable;

/// <summary>That the strategies which are tested on tables drive cells too, with and without edges to choose.</summary>
[TestClass]
public sealed class CellSpaceTests
{
    private static readonly string[] Strategies = ["darts", "darts, second order", "pc-darts", "gdas", "snas", "drnas", "proxylessnas", "fairdarts", "single path", "fair paths", "reinforce, shared weights"];

    public static IEnumerable<object[]> Cases => Strategies.SelectMany(static strategy => new[] { new object[] { strategy, false }, [strategy, true] });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Cells_are_searched(string strategy, bool choosesEdges)
    {
        var shape = new Shape(3, 8, 8);
        var space = choosesEdges ? SearchSpaces.DartsCells(channels: 8, cells: 3, nodes: 2, exampleInput: shape) : SearchSpaces.NasBench201(channels: 8, cellsPerStage: 1, exampleInput: shape);
        manual_seed(1);
        using var split = new DataSplit(shape, new Target(LearningTask.MulticlassClassification, 3), Rows(32), Rows(16));
        using var result = Searches.Run(strategy, split, static options => (options.MaxTrials, options.MaxEpochs, options.EpochsPerTrial, options.MaxTrainingEpochs) = (2, 2, 1, 1), space);
        Assert.HasCount(2, result.Trials);
        var derived = result.Trials[1].Architecture.Genotype;
        Assert.AreEqual(derived, space.Normalize(derived.Indices.AsSpan()));

        static LabeledRows Rows(int count) => new(randn(count, 3, 8, 8), randint(0, 3, [count], dtype: ScalarType.Int64));
    }
}
