using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas.Tests.Evaluation;

[TestClass]
public sealed class TrialSelectionTests
{
    [TestMethod]
    public void Of_equally_good_trials_the_cheapest_is_chosen()
    {
        var chosen = Choose(SearchMetric.AreaUnderRocCurve, (0.840, 10), (0.8500, 900), (0.8489, 50), (0.8470, 5));
        Assert.AreEqual(2, chosen[0]);
    }

    [TestMethod]
    public void Errors_are_compared_relative_to_the_best()
    {
        Assert.AreEqual(1, Choose(SearchMetric.RootMeanSquaredError, (600, 10), (550.9, 20), (550.0, 900))[0]);
        Assert.AreEqual(2, Choose(SearchMetric.RootMeanSquaredError, (600, 10), (553.0, 20), (550.0, 900))[0]);
    }

    [TestMethod]
    public void Nothing_is_chosen_that_ranks_below_trial_zero() =>
        Assert.AreEqual(0, Choose(SearchMetric.Accuracy, (0.9000, 500), (0.8995, 5), (0.8999, 6))[0]);

    [TestMethod]
    public void An_ensemble_takes_the_best_of_the_others() =>
        CollectionAssert.AreEqual(new[] { 2, 1, 3 }, Choose(SearchMetric.AreaUnderRocCurve, count: 3, (0.840, 10), (0.8500, 900), (0.8489, 50), (0.8470, 60)));

    private static int[] Choose(SearchMetric metric, params (double Metric, long Macs)[] trials) => Choose(metric, 1, trials);

    private static int[] Choose(SearchMetric metric, int count, params (double Metric, long Macs)[] trials)
    {
        var space = TestData.SmallSpace();
        var all = trials.Select((trial, number) => new Trial(number, space.Resolve(space.Default), TrialState.Complete, trial.Metric, 0, new Cost(1, trial.Macs, 1), 1, 1, "test")).ToArray();
        return [.. TrialSelection.Choose(all, metric, count).Select(static trial => trial.Number)];
    }
}
