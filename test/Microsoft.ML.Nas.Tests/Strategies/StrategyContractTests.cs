using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>What every strategy promises.</summary>
[TestClass]
public sealed class StrategyContractTests
{
    public static IEnumerable<object[]> Strategies => Searches.All.Keys.Select(static name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void The_same_seed_gives_the_same_search(string strategy)
    {
        using var split = TestData.Xor();
        using var first = Searches.Run(strategy, split);
        using var second = Searches.Run(strategy, split);
        CollectionAssert.AreEqual(Ids(first), Ids(second));
        Assert.AreEqual(first.SearchId, second.SearchId);
        Assert.AreEqual(first.Architecture.Id, second.Architecture.Id);
        Assert.AreEqual(first.ValidationMetric, second.ValidationMetric);
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Another_seed_gives_another_search(string strategy)
    {
        using var split = TestData.Xor();
        var searches = Enumerable.Range(1, 4).Select(seed =>
        {
            using var result = Searches.Run(strategy, split, seed: seed);
            return string.Join(' ', result.Trials.Select(static trial => $"{trial.Architecture.Id}:{trial.Loss}"));
        });
        Assert.IsGreaterThan(1, searches.Distinct().Count());
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Proposals_are_different_architectures_of_the_space_and_trial_zero_is_its_default(string strategy)
    {
        using var split = TestData.Xor();
        var space = TestData.SmallSpace();
        using var result = Searches.Run(strategy, split, options => options.MaxTrials = 8, space);
        Assert.AreEqual(space.Default, result.Trials[0].Architecture.Genotype);
        Assert.AreEqual(result.Trials.Count, result.Trials.Select(static trial => trial.Architecture.Genotype).Distinct().Count());
        foreach (var trial in result.Trials)
            Assert.AreEqual(trial.Architecture.Genotype, space.Normalize(trial.Architecture.Genotype.Indices.AsSpan()));
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Counted_budgets_are_honoured_to_the_count(string strategy)
    {
        using var split = TestData.Xor();
        using var result = Searches.Run(strategy, split, options => (options.MaxTrials, options.MaxEpochs) = (5, 2));
        Assert.HasCount(5, result.Trials);
        Assert.IsTrue(result.SupernetEpochs is 0 or 2, $"{result.SupernetEpochs}");
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void A_space_that_is_used_up_ends_the_search(string strategy)
    {
        using var split = TestData.Xor();
        var space = new SearchSpace("tiny", new Chain(new Linear(8), new Choice("activation", ("relu", new Relu()), ("silu", new Silu()))), new Shape(2));
        using var result = Searches.Run(strategy, split, options => options.MaxTrials = 50, space);
        Assert.HasCount(2, result.Trials);
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void A_diverging_architecture_is_a_failed_trial_and_not_a_failed_search(string strategy)
    {
        using var split = TestData.Xor();
        using var result = Searches.Run(strategy, split, options => options.MaxTrials = 12, TestData.SmallSpace(new Explode()));
        // What ranks architectures before they are tried leaves out those that explode.
        if (!Searches.RanksBeforeTrials(strategy)) Assert.IsTrue(result.Trials.Any(static trial => trial.State == TrialState.Failed), "no trial failed");
        foreach (var trial in result.Trials)
        {
            var explodes = trial.Architecture.Decisions.Any(static pair => pair.Value == "extra");
            Assert.AreEqual(explodes ? TrialState.Failed : TrialState.Complete, trial.State, trial.Architecture.ToString());
        }
        Assert.IsFalse(result.Architecture.Decisions.Any(static pair => pair.Value == "extra"));
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Cancelling_gives_the_best_so_far(string strategy)
    {
        using var split = TestData.Xor();
        using var source = new CancellationTokenSource();
        using var result = Searches.Run(strategy, split,
            options => (options.MaxTrials, options.MaxEpochs, options.CancellationToken) = (1000, 1000, source.Token),
            report: progress => { if (progress.Trials >= 1) source.Cancel(); });
        Assert.IsTrue(result.WasCancelled);
        Assert.HasCount(1, result.Trials);
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Cancelling_the_final_training_gives_what_the_search_trained(string strategy)
    {
        using var split = TestData.Xor();
        using var source = new CancellationTokenSource();
        using var result = Searches.Run(strategy, split,
            options => (options.MaxTrials, options.CancellationToken) = (6, source.Token),
            report: progress => { if (progress.Phase == SearchPhase.Training) source.Cancel(); });
        Assert.IsTrue(result.WasCancelled);
        Assert.HasCount(6, result.Trials);
        Assert.IsTrue(result.Trials.Any(trial => trial.Architecture.Id == result.Architecture.Id));
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void Cancelling_before_anything_was_found_throws(string strategy)
    {
        using var split = TestData.Xor();
        Assert.ThrowsExactly<OperationCanceledException>(() => Searches.Run(strategy, split, options => options.CancellationToken = new(canceled: true)));
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void What_is_returned_is_never_ranked_below_the_default(string strategy)
    {
        using var split = TestData.Xor();
        using var result = Searches.Run(strategy, split);
        var chosen = result.Trials.Single(trial => trial.Architecture.Id == result.Architecture.Id);
        Assert.IsGreaterThanOrEqualTo(result.Trials[0].Metric, chosen.Metric);
    }

    [TestMethod]
    [DynamicData(nameof(Strategies))]
    public void An_ensemble_holds_the_best_architectures_and_averages_them(string strategy)
    {
        using var split = TestData.Regression();
        using var result = Searches.Run(strategy, split, options => options.EnsembleSize = 3);
        Assert.HasCount(3, result.Architectures);
        var best = result.Trials.OrderBy(static trial => trial.Metric).Take(3).Select(static trial => trial.Architecture.Id).ToArray();
        CollectionAssert.AreEquivalent(best, result.Architectures.Select(static architecture => architecture.Id).ToArray());
    }

    private static string[] Ids(SearchResult result) => [.. result.Trials.Select(static trial => trial.Architecture.Id)];

    /// <summary>An operation that overflows.</summary>
    private sealed record Explode : Operation
    {
        public override Shape OutputShape(Shape input) => input;

        public override Cost Cost(Shape input) => default;

        public override Module<Tensor, Tensor> CreateModule(Shape input) => new ExplodeModule();

        public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) => input;

        private sealed class ExplodeModule() : Module<Tensor, Tensor>("explode")
        {
            public override Tensor forward(Tensor input) => input / 0f;
        }
    }
}
