using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>That strategies which learn find what matters.</summary>
[TestClass]
public sealed class LearningTests
{
    /// <summary>Only one of four options lets the network see the product of its inputs.</summary>
    private static SearchSpace OneThatMatters()
    {
        var body = new Choice("body", ("linear", new Identity()), ("linear too", new Linear(16)), ("rectified", new Chain(new Linear(16), new Relu(), new Linear(16))), ("normed", new LayerNorm()));
        return new("one that matters", new Chain(new Linear(16), body), new Shape(2));
    }

    [TestMethod]
    [DataRow("darts")]
    [DataRow("darts, second order")]
    [DataRow("gdas")]
    [DataRow("snas")]
    [DataRow("drnas")]
    [DataRow("proxylessnas")]
    [DataRow("fairdarts")]
    public void Differentiable_strategies_derive_the_option_that_matters(string strategy)
    {
        using var split = TestData.Xor(train: 1024);
        using var result = Searches.Run(strategy, split, options => (options.MaxTrials, options.MaxEpochs, options.EpochsPerTrial) = (2, 15, 10), OneThatMatters());
        Assert.AreEqual("rectified", result.Trials[1].Architecture.Decisions.Single().Value);
        Assert.AreEqual("derived", result.Trials[1].Origin);
    }

    [TestMethod]
    [DataRow("single path")]
    [DataRow("fair paths")]
    [DataRow("shrinking paths")]
    public void Shared_weights_rank_the_option_that_matters_first(string strategy)
    {
        using var split = TestData.Xor(train: 1024);
        using var result = Searches.Run(strategy, split, options => (options.MaxTrials, options.MaxEpochs, options.EpochsPerTrial) = (2, 15, 10), OneThatMatters());
        Assert.AreEqual("rectified", result.Trials[1].Architecture.Decisions.Single().Value);
    }

    [TestMethod]
    public void The_controller_proposes_the_option_that_matters()
    {
        using var split = TestData.Xor(train: 1024);
        using var result = Searches.Run("reinforce, shared weights", split, options => (options.MaxTrials, options.MaxEpochs, options.EpochsPerTrial) = (2, 15, 10), OneThatMatters());
        Assert.AreEqual("rectified", result.Trials[1].Architecture.Decisions.Single().Value);
    }
}
