using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Strategies.Sampling;

[TestClass]
public sealed class WorkerTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Asha_with_two_workers_finishes_the_trials_of_its_sequential_simulation(int seed)
    {
        var space = Tables.Spaces["table space"]();
        var strategy = SearchStrategies.Asha().WithWorkers(2);
        var options = new BenchmarkSearchOptions { Seed = seed, MaxTrials = 60 };
        var simulated = BenchmarkSearch.Run(new InTurn(space), strategy, options);
        // Threads that take different times to look their results up.
        var parallel = BenchmarkSearch.Run(Tables.Of(space, static (genotype, _, entry) =>
        {
            Thread.SpinWait(genotype.Indices[0] * 20_000);
            return entry;
        }), strategy, options);
        Assert.AreEqual(SamplingContractTests.Text(simulated.Trials), SamplingContractTests.Text(parallel.Trials));
        Assert.IsTrue(parallel.Trials.Any(static trial => trial.Fidelity == 1), "nothing was promoted to the top");
        Assert.AreNotEqual(SamplingContractTests.Text(simulated.Trials), SamplingContractTests.Text(BenchmarkSearch.Run(Tables.Of(space), SearchStrategies.Asha(), options).Trials), "one worker does the same as two");
    }

    [TestMethod]
    public void A_worker_that_dies_loses_only_its_trial()
    {
        var space = Tables.Spaces["table space"]();
        var result = BenchmarkSearch.Run(new DiesWhileEvaluating(Tables.Of(space)), SearchStrategies.Asha().WithWorkers(2), new() { Seed = 1, MaxTrials = 40 });
        Assert.HasCount(40, result.Trials);
        var failed = result.Trials.Where(static trial => trial.State == TrialState.Failed).ToArray();
        Assert.IsNotEmpty(failed);
        foreach (var trial in result.Trials) Assert.AreEqual(trial.Architecture.Genotype.Indices.Sum() % 7 == 3, trial.State == TrialState.Failed);
        StringAssert.Contains(failed[0].FailureReason, "The worker is gone.");
    }

    /// <summary>A table that only one thread may read.</summary>
    private sealed class InTurn(SearchSpace space) : Wrapped(Tables.Of(space))
    {
        public override bool IsConcurrent => false;
    }

    private sealed class DiesWhileEvaluating(TabularBenchmark inner) : Wrapped(inner)
    {
        public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context) =>
            architecture.Genotype.Indices.Sum() % 7 == 3 ? throw new InvalidOperationException("The worker is gone.") : base.Evaluate(architecture, context);
    }

    private abstract class Wrapped(TabularBenchmark inner) : TabularBenchmark(inner.Name, inner.Space, inner.Metric, static genotype => null)
    {
        public override double Duration(Architecture architecture, double fidelity) => inner.Duration(architecture, fidelity);

        public override EvaluationResult Evaluate(Architecture architecture, EvaluationContext context) => inner.Evaluate(architecture, context);
    }
}
