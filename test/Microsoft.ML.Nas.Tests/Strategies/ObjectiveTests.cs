using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Tests.Strategies.Sampling;

namespace Microsoft.ML.Nas.Tests.Strategies;

[TestClass]
public sealed class ObjectiveTests
{
    [TestMethod]
    public void The_front_is_what_nothing_beats()
    {
        var points = new Random(1).GetItems(Enumerable.Range(0, 12).Select(static value => (double)value).ToArray(), 120).Chunk(3).ToArray();
        var front = ParetoRanking.Front(points, static point => point);
        foreach (var point in points)
        {
            var beaten = points.Any(other => other.Zip(point).All(static pair => pair.First <= pair.Second) && other.Zip(point).Any(static pair => pair.First < pair.Second));
            Assert.AreEqual(!beaten, front.Contains(point));
        }
        var order = ParetoRanking.Order(points, static point => point);
        CollectionAssert.AreEquivalent(points, order.ToArray());
        CollectionAssert.AreEquivalent(front.ToArray(), order.Take(front.Count).ToArray());
    }

    [TestMethod]
    public void Within_a_front_the_ends_come_first_and_crowded_points_last()
    {
        double[][] points = [[0, 10], [1, 9], [1.1, 8.9], [1.2, 8.8], [6, 3], [10, 0]];
        var order = ParetoRanking.Order(points, static point => point).Select(point => Array.IndexOf(points, point)).ToArray();
        CollectionAssert.AreEquivalent(new[] { 0, 5 }, order[..2]);
        Assert.AreEqual(4, order[2]);
        Assert.AreEqual(2, order[^1]);
    }

    /// <summary>[8] holds 32 bytes, [16] 64, [4] 16: the largest pair of input and output, and what a residual keeps on top.</summary>
    [TestMethod]
    public void Peak_memory_is_what_lives_at_one_time()
    {
        var chain = Measure(Objectives.PeakMemory(), new Chain(new Linear(16), new Relu(), new Linear(4)), new Shape(8));
        var residual = Measure(Objectives.PeakMemory(), new Chain(new Linear(16), new Residual(new Chain(new Linear(16), new Relu(), new Linear(16)))), new Shape(8));
        Assert.AreEqual(chain + 64, residual, "A residual keeps its input while its body runs.");
    }

    [TestMethod]
    public void The_usual_objectives_measure_the_network_that_is_exported()
    {
        var tree = new Chain(new Linear(16), new Relu());
        Assert.AreEqual(8 * 16 + 16 + 16 + 1, Measure(Objectives.Parameters(), tree, new Shape(8)));
        Assert.AreEqual(8 * 16 + 16, Measure(Objectives.Macs(), tree, new Shape(8)));
        Assert.IsGreaterThan(4.0 * (8 * 16 + 16 + 16 + 1), Measure(Objectives.ModelBytes(), tree, new Shape(8)));
        Assert.IsGreaterThan(0.0, Measure(Objectives.Latency(), tree, new Shape(8)));
    }

    [TestMethod]
    public void What_is_over_a_limit_is_not_trained()
    {
        using var split = TestData.Xor();
        var bytes = Enumerable.Range(0, 2).Select(width => Measure(Objectives.ModelBytes(), TestData.SmallSpace().Resolve(TestData.SmallSpace().Normalize([width, 0, 0, 0, 0])).Tree, new Shape(2))).ToArray();
        var limit = (bytes[0] + bytes[1]) / 2;
        using var result = Searches.Run("random", split, options => (options.MaxTrials, options.Objectives) = (10, [Objectives.ModelBytes(limit)]));
        Assert.IsTrue(result.Trials.Any(static trial => trial.State == TrialState.Failed), "nothing was over the limit");
        foreach (var trial in result.Trials)
        {
            Assert.AreEqual(trial.Objectives["model bytes"] > limit, trial.State == TrialState.Failed);
            if (trial.State == TrialState.Failed) Assert.AreEqual(0, trial.Epochs);
        }
    }

    [TestMethod]
    public void What_costs_more_than_a_limit_is_not_even_proposed()
    {
        using var split = TestData.Xor();
        using var result = Searches.Run("random", split, static options => (options.MaxTrials, options.Objectives) = (10, [Objectives.Macs(limit: 130)]));
        Assert.IsTrue(result.Trials.All(static trial => trial.Cost.Macs <= 130 && trial.State == TrialState.Complete));
    }

    [TestMethod]
    public void Nsga2_finds_more_of_the_front_than_random_search()
    {
        var table = Tables.Of(Tables.Spaces["table space"]());
        Assert.IsGreaterThan(Volume(SearchStrategies.Random()), Volume(SearchStrategies.Nsga2()));

        // The share of the square of error and multiply-adds that the front dominates, over a few seeds.
        double Volume(SamplingStrategy strategy) => Enumerable.Range(1, 8).Average(seed =>
        {
            var front = BenchmarkSearch.Run(table, strategy, new() { Seed = seed, MaxTrials = 150, Objectives = [Objectives.Macs()] }).ParetoFront;
            var (volume, last) = (0.0, 1.0);
            foreach (var (error, macs) in front.Select(static trial => (1 - trial.Metric, trial.Objectives["multiply-adds"] / 70_000)).OrderBy(static point => point.Item2).Reverse())
            {
                volume += (last - macs) * (1 - error);
                last = macs;
            }
            return volume;
        });
    }

    [TestMethod]
    [DataRow("rows")]
    [DataRow("width")]
    [DataRow("epochs")]
    public void Lower_fidelities_save_what_they_should(string kind)
    {
        using var split = TestData.Xor(train: 512);
        using var result = Searches.Run("random", split, options =>
        {
            (options.MaxTrials, options.EpochsPerTrial) = (14, 9);
            options.Strategy = SearchStrategies.Random().With(Schedulers.SuccessiveHalving());
            options.Fidelity = kind switch
            {
                "rows" => TrialFidelity.Rows,
                "width" => TrialFidelity.Width(static share => Narrow((int)Math.Ceiling(16 * share))),
                _ => TrialFidelity.Epochs,
            };
        }, Narrow(16));
        var low = result.Trials.Where(static trial => trial.Fidelity < 0.2).ToArray();
        Assert.HasCount(9, low);
        Assert.IsTrue(low.All(trial => trial.State == TrialState.Complete));
        Assert.AreEqual(kind == "epochs", low.All(static trial => trial.Epochs == 1));
        Assert.AreEqual(1, result.Trials.Single(trial => trial.Architecture.Id == result.Architecture.Id && trial.Fidelity == 1).Fidelity);

        static SearchSpace Narrow(int units) => new("narrow", new Chain(new Linear(units), new Choice("first", ("relu", new Relu()), ("silu", new Silu()), ("gelu", new Gelu())),
            new Linear(units), new Choice("second", ("relu", new Relu()), ("silu", new Silu()), ("gelu", new Gelu())),
            new Linear(units), new Choice("third", ("relu", new Relu()), ("silu", new Silu()), ("gelu", new Gelu()))), new Shape(2));
    }

    private static double Measure(Objective objective, Block tree, Shape input)
    {
        var architecture = new SearchSpace("one", tree, input).Resolve(new SearchSpace("one", tree, input).Default);
        return objective.Measure(new ObjectiveContext(architecture, () => Networks.NetworkCost(tree, input), input, 1));
    }

    private static class Networks
    {
        public static Cost NetworkCost(Block tree, Shape input) => Nas.Networks.Network.CostOf(tree, input, 1);
    }
}
