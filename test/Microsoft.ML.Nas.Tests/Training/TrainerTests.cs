using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Training;

[TestClass]
public sealed class TrainerTests
{
    private static readonly TrainingRecipe Recipe = new() { BatchSize = 32, Epochs = 60, LearningRate = 1e-2 };

    [TestMethod]
    public void Learns_what_no_linear_model_can()
    {
        using var split = TestData.Xor();
        using var network = Create(split);
        var result = new Trainer(Recipe).Train(network, split, seed: 1, CancellationToken.None);
        Assert.IsLessThan(0.2, result.ValidationLoss);
    }

    [TestMethod]
    [DataRow("layer")]
    [DataRow("none")]
    [DataRow("batch")]
    public void Learns_with_every_normalisation_and_scores_as_it_trained(string norm)
    {
        using var split = TestData.Xor(train: 1024);
        manual_seed(1);
        Block normalisation = norm switch { "layer" => new LayerNorm(), "batch" => new BatchNorm(), _ => new Identity() };
        using var network = new Network(new Chain(new Linear(32), new EnsembleMembers(2), new Residual(new Chain(normalisation, new Linear(32), new Relu(), new Linear(32))), normalisation, new Relu()), split.Input, 1);
        var result = new Trainer(Recipe with { Epochs = 20 }).Train(network, split, seed: 1, CancellationToken.None);
        Assert.IsLessThan(0.2, result.ValidationLoss);
    }

    [TestMethod]
    public void Regression_predictions_come_in_the_labels_unit()
    {
        using var split = TestData.Regression();
        using var network = Create(split);
        new Trainer(Recipe).Train(network, split, seed: 1, CancellationToken.None);
        var predictions = Predictions.Of(network, network.call, split, split.Validation.Features);
        var (labels, _) = split.Validation.Known(split.Target);
        Assert.IsLessThan(2.0, predictions.Values.Zip(labels, static (p, y) => Math.Abs(p - y)).Average());
        Assert.IsTrue(labels.All(static label => label is >= 90 and <= 120));
    }

    [TestMethod]
    public void The_best_epochs_weights_are_kept()
    {
        using var split = TestData.Xor(train: 24);
        using var network = Create(split);
        var losses = new List<double>();
        var trainer = new Trainer(Recipe with { Epochs = 80, LearningRate = 0.05, Patience = 80 }) { EpochEnded = (_, _, loss) => losses.Add(loss) };
        var result = trainer.Train(network, split, seed: 1, CancellationToken.None);
        Assert.AreEqual(losses.Min(), result.ValidationLoss);
        Assert.AreEqual(losses.IndexOf(losses.Min()) + 1, result.BestEpoch);
        Assert.AreEqual(result.ValidationLoss, ValidationLoss.Of(split, Predictions.Of(network, network.call, split, split.Validation.Features)), 1e-6);
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_weights()
    {
        using var split = TestData.Xor();
        using var first = Create(split);
        using var second = Create(split);
        var trainer = new Trainer(Recipe with { Epochs = 3 });
        trainer.Train(first, split, seed: 5, CancellationToken.None);
        trainer.Train(second, split, seed: 5, CancellationToken.None);
        foreach (var (left, right) in first.parameters().Zip(second.parameters()))
            CollectionAssert.AreEqual(left.ToFloats(), right.ToFloats());
    }

    /// <summary>Wherever in an epoch time runs out: the training comes to what it had after the last whole epoch, and is repeated from its counts.</summary>
    [TestMethod]
    public void An_epoch_that_the_limit_cuts_short_does_not_count()
    {
        using var split = TestData.Xor();
        var recipe = Recipe with { Epochs = 6, BatchSize = 64 };
        foreach (var passes in Enumerable.Range(1, 24))
        {
            var clock = new SteppingClock();
            using var limited = Create(split);
            // Validation of the epoch before is the last pass that the schedule knows of: it is laid out for more than there will be time for.
            var trained = new Trainer(recipe) { Clock = clock, TimeLimit = TimeSpan.FromSeconds(passes) }.Train(new Slowed(limited, clock, firstPasses: 3), split, seed: 5, CancellationToken.None);
            Assert.IsLessThanOrEqualTo(Math.Max(passes, 3) + 1, trained.Seconds, $"{passes} passes");
            using var repeated = Create(split);
            var again = new Trainer(recipe) { Recorded = new(trained.PlannedEpochs, trained.Epochs) }.Train(repeated, split, seed: 5, CancellationToken.None);
            Assert.AreEqual((trained.Epochs, trained.BestEpoch, trained.ValidationLoss), (again.Epochs, again.BestEpoch, again.ValidationLoss), $"{passes} passes");
            foreach (var (left, right) in limited.parameters().Zip(repeated.parameters())) CollectionAssert.AreEqual(left.ToFloats(), right.ToFloats());
        }
    }

    [TestMethod]
    public void Weights_of_zero_leave_rows_out()
    {
        using var plain = TestData.Xor();
        using var scope = NewDisposeScope();
        var weights = cat([ones(plain.Train.Count), zeros(plain.Train.Count)]);
        var noise = 1 - plain.Train.Labels;
        using var rows = new LabeledRows(cat([plain.Train.Features, plain.Train.Features]), cat([plain.Train.Labels, noise]), weights);
        using var network = Create(plain);
        var weighted = new DataSplit(plain.Input, plain.Target, rows, plain.Validation);
        Assert.IsLessThan(0.25, new Trainer(Recipe).Train(network, weighted, seed: 1, CancellationToken.None).ValidationLoss);
    }

    [TestMethod]
    public void Divergence_is_an_error_with_its_epoch()
    {
        using var split = TestData.Regression();
        using var network = Create(split);
        StringAssert.Contains(Assert.ThrowsExactly<DivergedException>(
            () => new Trainer(Recipe with { LearningRate = 1e30 }).Train(network, split, 1, CancellationToken.None)).Message, "epoch");
    }

    [TestMethod]
    [DataRow(LearningTask.BinaryClassification)]
    [DataRow(LearningTask.MulticlassClassification)]
    [DataRow(LearningTask.Regression)]
    public void The_loss_is_the_mean_over_members_and_rows(LearningTask task)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var target = new Target(task, task == LearningTask.Regression ? 1 : task == LearningTask.BinaryClassification ? 2 : 3);
        var outputs = randn(5, 2, target.Outputs);
        var labels = task == LearningTask.MulticlassClassification ? tensor([0L, 2, 1, 1, 0]) : tensor([0f, 1, 1, 0, 1]);
        var weights = tensor([1f, 0.5f, 2f, 1f, 0.5f]);
        double sum = 0, weightedSum = 0;
        for (var row = 0; row < 5; row++)
            for (var member = 0; member < 2; member++)
            {
                var logits = Enumerable.Range(0, target.Outputs).Select(i => (double)outputs[row, member, i].item<float>()).ToArray();
                var y = labels[row].to_type(ScalarType.Float32).item<float>();
                var loss = task switch
                {
                    LearningTask.BinaryClassification => -Math.Log(y > 0 ? Sigmoid(logits[0]) : 1 - Sigmoid(logits[0])),
                    LearningTask.MulticlassClassification => -Math.Log(Math.Exp(logits[(int)y]) / logits.Sum(Math.Exp)),
                    _ => Math.Pow(logits[0] - y, 2),
                };
                sum += loss / 10;
                weightedSum += loss * weights[row].item<float>() / 10;
            }
        Assert.AreEqual(sum, TaskOutputs.Of(target).Loss(outputs, labels, null).item<float>(), 1e-5);
        Assert.AreEqual(weightedSum, TaskOutputs.Of(target).Loss(outputs, labels, weights).item<float>(), 1e-5);

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }

    private static Network Create(DataSplit split)
    {
        manual_seed(1);
        return new(new Chain(new Linear(32), new Relu(), new Linear(32), new Relu()), split.Input, split.Target.Outputs);
    }

    /// <summary>A network whose first passes take half a second each and whose later ones a second.</summary>
    private sealed class Slowed : nn.Module<Tensor, Tensor>
    {
        private readonly SteppingClock _clock;
        private readonly int _firstPasses;
        private readonly nn.Module<Tensor, Tensor> network;
        private int _passes;

        public Slowed(nn.Module<Tensor, Tensor> network, SteppingClock clock, int firstPasses) : base(nameof(Slowed))
        {
            (this.network, _clock, _firstPasses) = (network, clock, firstPasses);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            _clock.Advance(TimeSpan.FromSeconds(++_passes <= _firstPasses ? 0.5 : 1));
            return network.call(input);
        }
    }
}
