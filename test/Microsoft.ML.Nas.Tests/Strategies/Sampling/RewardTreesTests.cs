using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Sampling.Trees;

namespace Microsoft.ML.Nas.Tests.Strategies.Sampling;

[TestClass]
public sealed class RewardTreesTests
{
    [TestMethod]
    public void Boosted_trees_rank_architectures_that_were_not_evaluated()
    {
        var table = Tables.Of(Tables.Spaces["table space"]());
        var evaluated = BenchmarkSearch.Run(table, SearchStrategies.Random(), new() { Seed = 1, MaxTrials = 200 }).Trials;
        var others = BenchmarkSearch.Run(table, SearchStrategies.Random(), new() { Seed = 2, MaxTrials = 200 }).Trials;
        var history = new SearchHistory(table.Space, table.Metric, 1);
        using var predictor = new RewardTrees(table.Space, new TreesOptions(), 1);
        predictor.Follow(history, evaluated);
        var predictions = predictor.Predict([.. others.Select(static trial => trial.Architecture.Genotype)]);
        var (predicted, real) = (Ranks([.. predictions.Select(static prediction => prediction.Mean)]), Ranks([.. others.Select(static trial => trial.Metric)]));
        var correlation = 1 - 6 * predicted.Zip(real, static (left, right) => (left - right) * (left - right)).Sum() / (200.0 * (200.0 * 200 - 1));
        Assert.IsGreaterThan(0.6, correlation);
        Assert.IsTrue(predictions.All(static prediction => prediction.Deviation >= 0));
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(index => values[index]).ToArray();
        var ranks = new double[values.Length];
        for (var rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank;
        return ranks;
    }
}
