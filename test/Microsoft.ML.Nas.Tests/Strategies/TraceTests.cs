using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>What a search records of how it went.</summary>
[TestClass]
public sealed class TraceTests
{
    [TestMethod]
    [DataRow("darts")]
    [DataRow("reinforce, shared weights")]
    public void Every_supernet_epoch_records_probabilities_of_what_shared_weights_can_rank(string strategy)
    {
        using var split = TestData.Xor();
        var space = TestData.SmallSpace();
        using var result = Searches.Run(strategy, split, options => options.MaxEpochs = 3, space);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, result.Trace.Points.Select(static point => point.Step).ToArray());
        foreach (var point in result.Trace.Points)
        {
            Assert.HasCount(space.Decisions.Length, point.Probabilities);
            for (var decision = 0; decision < space.Decisions.Length; decision++)
            {
                var options = point.Probabilities[decision];
                if (space.Decisions[decision].Kind == DecisionKind.Regularization) Assert.IsEmpty(options);
                else Assert.AreEqual(1, options.Sum(), 1e-4);
            }
        }
    }

    [TestMethod]
    public void A_controller_without_a_supernet_records_its_policy_by_trials()
    {
        using var split = TestData.Xor();
        using var result = Searches.Run("reinforce", split);
        Assert.IsNotEmpty(result.Trace.Points);
        Assert.IsTrue(result.Trace.Points.SelectMany(static point => point.Probabilities).Where(static options => !options.IsEmpty).All(static options => Math.Abs(options.Sum() - 1) < 1e-4));
    }

    [TestMethod]
    public void A_strategy_that_learns_no_probabilities_records_none()
    {
        using var split = TestData.Xor();
        using var result = Searches.Run("random", split);
        Assert.IsEmpty(result.Trace.Points);
    }

    [TestMethod]
    public void Trials_proposed_with_shared_weights_record_their_loss_with_them()
    {
        using var split = TestData.Xor();
        using var result = Searches.Run("reinforce, shared weights", split);
        Assert.IsNull(result.Trials[0].SharedLoss, "The start was tried before there was a supernet.");
        foreach (var trial in result.Trials.Skip(1)) Assert.IsTrue(double.IsFinite(trial.SharedLoss!.Value));
    }

    [TestMethod]
    public void Progress_hands_over_each_trial_as_it_ends()
    {
        using var split = TestData.Xor();
        var trials = new List<Trial>();
        using var result = Searches.Run("random", split, report: progress => { if (progress.Trial is { } trial) trials.Add(trial); });
        CollectionAssert.AreEqual(result.Trials.ToArray(), trials);
    }
}
