using System.Numerics;
using Microsoft.ML.Nas.Networks;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class MobileNetTests
{
    /// <summary>Once-for-All's count: for each stage the sum over depths of (kernels × expansions)^depth (Cai 2020, section 3.1).</summary>
    [TestMethod]
    public void The_space_has_the_size_that_its_choices_give()
    {
        var stage = Enumerable.Range(1, 4).Aggregate(BigInteger.Zero, static (sum, depth) => sum + BigInteger.Pow(9, depth));
        Assert.AreEqual(BigInteger.Pow(stage, 5) * 9, SearchSpaces.MobileNet(widths: [1], searchesSqueezeExcite: false).Size);
    }

    /// <summary>MobileNetV2 (Sandler 2018) is in the space: 3,504,872 parameters and 300.8 million multiply-adds with 1,000 classes.</summary>
    [TestMethod]
    public void The_default_is_the_published_MobileNetV2()
    {
        var space = SearchSpaces.MobileNet();
        var cost = Network.CostOf(space.Resolve(space.Default), space.Input, 1000);
        Assert.AreEqual(3_504_872, cost.Parameters);
        Assert.AreEqual(300.8, cost.Macs / 1e6, 0.05);
    }

    [TestMethod]
    public void Widths_follow_one_decision_and_are_multiples_of_eight()
    {
        var space = SearchSpaces.MobileNet(widths: [0.5f, 1]);
        Assert.AreEqual(1, space.Decisions.Count(static decision => decision.Labels.Contains("0.5")));
        var decisions = new Dictionary<string, string>(space.Resolve(space.Default).Decisions) { ["width"] = "0.5" };
        // The published MobileNetV2 at half the width.
        Assert.AreEqual(1_968_680, Network.CostOf(space.Resolve(space.Parse(decisions)), space.Input, 1000).Parameters);
        Assert.ThrowsExactly<ArgumentException>(() => SearchSpaces.MobileNet(widths: [1, 1.001f]));
        Assert.ThrowsExactly<ArgumentException>(() => SearchSpaces.MobileNet(widths: [-1]));
    }
}
