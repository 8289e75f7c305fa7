using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Sampling.RandomSearch;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Strategies.OneShot;

[TestClass]
public sealed class SharedWeightsTests
{
    [TestMethod]
    public void The_rank_correlation_is_over_the_sample_and_the_trials_of_the_search()
    {
        using var split = TestData.Xor();
        using var result = Run(split, new() { BatchSize = 64, RankCorrelationSample = 3 }, trials: 6);
        Assert.AreEqual(3, result.Trials.Count(static trial => trial.Origin == "rank sample"));
        var ranked = result.Trials.Where(static trial => trial.SharedLoss is not null).ToArray();
        Assert.HasCount(5, ranked);
        var correlation = result.SupernetRankCorrelation!;
        Assert.AreEqual(5, correlation.Architectures);
        Assert.AreEqual(RankCorrelation.Kendall([.. ranked.Select(static trial => trial.SharedLoss!.Value)], [.. ranked.Select(static trial => trial.Loss)]), correlation.Kendall);
        Assert.IsTrue(correlation.Spearman is >= -1 and <= 1);
    }

    /// <summary>With the batch's own statistics, what is said of a row would depend on the rows beside it.</summary>
    [TestMethod]
    public void Ranking_uses_statistics_of_the_architecture_itself_over_training_rows()
    {
        var space = new SearchSpace("normed", new Chain(new Linear(8), new Choice("body", ("narrow", new Linear(8)), ("none", new Identity())), new BatchNorm(), new Relu()), new Shape(2));
        using var split = TestData.Regression(train: 200, validation: 64);
        using var result = Run(split, new() { BatchSize = 64, Epochs = 2 }, trials: 3, space);
        var shared = result.Trials.Where(static trial => trial.SharedLoss is not null).Select(static trial => (trial.Architecture.Genotype, trial.SharedLoss!.Value)).ToArray();
        using var one = new DataSplit(split.Input, split.Target, split.Train, new LabeledRows(split.Validation.Features.narrow(0, 0, 64).clone(), split.Validation.Labels.clone()));
        using var again = Run(one, new() { BatchSize = 64, Epochs = 2 }, trials: 3, space);
        CollectionAssert.AreEqual(shared, again.Trials.Where(static trial => trial.SharedLoss is not null).Select(static trial => (trial.Architecture.Genotype, trial.SharedLoss!.Value)).ToArray());
        Assert.IsTrue(shared.All(static pair => double.IsFinite(pair.Item2)));
    }

    [TestMethod]
    public void Distillation_pulls_answers_to_the_teachers()
    {
        using var scope = NewDisposeScope();
        foreach (var (task, classes) in new[] { (LearningTask.BinaryClassification, 2), (LearningTask.MulticlassClassification, 3), (LearningTask.Regression, 1) })
        {
            var target = new Target(task, classes);
            var teacher = randn(5, 2, target.Outputs);
            var answers = teacher.clone().requires_grad_();
            TaskOutputs.Of(target).Distance(answers, teacher).backward();
            Assert.AreEqual(0f, answers.grad!.abs().max().item<float>(), 1e-6f, $"{task}");
            var away = (teacher + 1.5 * randn_like(teacher)).requires_grad_();
            var loss = TaskOutputs.Of(target).Distance(away, teacher);
            loss.backward();
            Assert.IsGreaterThan(0f, away.grad!.abs().max().item<float>());
            Assert.IsLessThan(loss.item<float>(), TaskOutputs.Of(target).Distance(away.detach() - away.grad * 0.1, teacher).item<float>());
        }
    }

    [TestMethod]
    public void Options_that_do_not_go_together_are_refused()
    {
        Assert.Contains("ProgressiveShrinking", Assert.ThrowsExactly<ArgumentException>(() => new SharedWeights(new() { DistillationWeight = 1 })).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SharedWeights(new() { SupernetTimeShare = 1 }));
    }

    private static SearchResult Run(DataSplit split, SharedWeightsOptions options, int trials, SearchSpace? space = null)
    {
        var strategy = new SamplingStrategy(new RandomSampler(), new SharedWeights(options)) { Evaluations = 20 };
        return ArchitectureSearch.Run(new SearchProblem([split]),
            new SearchOptions { Strategy = strategy, Space = space ?? TestData.SmallSpace(), MaxTrials = trials, MaxEpochs = 2, EpochsPerTrial = 2, MaxTrainingEpochs = 2 }, seed: 1, static _ => { });
    }
}
