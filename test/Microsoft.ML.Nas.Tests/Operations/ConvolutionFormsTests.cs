using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Operations;

/// <summary>Which form convolutions are computed in, and that it changes their speed only.</summary>
[TestClass]
public sealed class ConvolutionFormsTests
{
    private static readonly ConvolutionWindow Five = ConvolutionWindow.Square(5);
    private readonly Dictionary<string, string> _remembered = [];

    [TestMethod]
    public void AllFormsGiveTheSame()
    {
        using var scope = NewDisposeScope();
        foreach (var (channels, groups) in new[] { (1, 1), (4, 1), (6, 2), (6, 6) })
        {
            manual_seed(3);
            var (images, weight, bias) = (randn(2, channels, 7, 6).requires_grad_(), randn(channels, channels / groups, 5, 5).requires_grad_(), randn(channels).requires_grad_());
            var expected = Results(ConvolutionForm.ChannelsFirst);
            foreach (var form in groups == channels && groups > 1 ? [ConvolutionForm.ChannelsLast, ConvolutionForm.Direct] : new[] { ConvolutionForm.ChannelsLast })
                foreach (var (result, tensor) in Results(form).Zip(expected)) Assert.IsLessThan(1e-5f, (result - tensor).abs().max().item<float>() / tensor.abs().max().item<float>(), $"{form}, {channels} channels, {groups} groups");

            Tensor[] Results(ConvolutionForm form)
            {
                var output = Convolution.Apply(form, images, weight, bias, Five, groups);
                return [output, .. autograd.grad([output.square().sum()], [images, weight, bias])];
            }
        }
    }

    [TestMethod]
    [DataRow(1, 2, 3, "ChannelsFirst")]
    [DataRow(2, 1, 3, "ChannelsLast")]
    [DataRow(3, 2, 1, "Direct")]
    [DataRow(9.5, 9.8, 10, "Direct", DisplayName = "A gain that may be noise is none")]
    public void TheQuickestIsChosenAndRemembered(double first, double last, double direct, string expected)
    {
        using var scope = NewDisposeScope();
        var (images, weight) = (randn(20, 4, 6, 6), randn(4, 1, 5, 5));
        var forms = new ConvolutionForms(new Dictionary<string, string>(), Remember, new CostClock(first, last, direct));
        using (forms.Use())
        {
            Assert.AreEqual(expected, ConvolutionForms.Of(images, weight, Five, 4).ToString());
            Assert.AreEqual(expected, Task.Run(() => ConvolutionForms.Of(images, weight, Five, 4)).Result.ToString(), "Other threads of the search use it too.");
        }
        var name = _remembered.Keys.Single();
        Assert.AreEqual("4x6x6 to 4, kernel 5x5, stride 1x1, dilation 1, 4 groups, Float32, CPU", name);
        Assert.AreEqual(expected, forms.Chosen[name]);
        // What is known is not measured again.
        using (new ConvolutionForms(forms.Chosen, static (_, _) => throw new InvalidOperationException(), TimeProvider.System).Use())
            Assert.AreEqual(expected, ConvolutionForms.Of(images, weight, Five, 4).ToString());
    }

    [TestMethod]
    public void OutsideARuleDecides()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(ConvolutionForm.Direct, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 1, 5, 5), Five, 4));
        Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 1, 3, 3), ConvolutionWindow.Square(3), 4));
        Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 4, 5, 5), Five, 1));
        Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(randn(2, 4, 6, 6, dtype: ScalarType.Float64), randn(4, 1, 5, 5, dtype: ScalarType.Float64), Five, 4));
        using (new ConvolutionForms(new Dictionary<string, string> { ["4x6x6 to 4, kernel 5x5, stride 1x1, dilation 1, 4 groups, Float32, CPU"] = "from a newer version" }, null, TimeProvider.System).Use())
            Assert.AreEqual(ConvolutionForm.Direct, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 1, 5, 5), Five, 4));
    }

    /// <summary>They would reach beyond their memory.</summary>
    [TestMethod]
    public void WhatAFormCannotComputeIsNotComputedInIt()
    {
        using var scope = NewDisposeScope();
        var known = new Dictionary<string, string> { ["4x6x6 to 4, kernel 5x5, stride 1x1, dilation 1, 1 groups, Float32, CPU"] = "Direct", ["4x6x6 to 4, kernel 3x3, stride 1x1, dilation 1, 1 groups, Float32, CPU"] = "7" };
        using (new ConvolutionForms(known, null, TimeProvider.System).Use())
        {
            Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 4, 5, 5), Five, 1));
            Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 4, 3, 3), ConvolutionWindow.Square(3), 1));
        }
        foreach (var window in new[] { ConvolutionWindow.Square(5, dilation: 20_000), ConvolutionWindow.Square(5, dilation: int.MaxValue), new ConvolutionWindow(4, 5), new ConvolutionWindow(5, 5, int.MaxValue, 1) })
            Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(randn(2, 4, 6, 6), randn(4, 1, window.Height, window.Width), window, 4), $"{window}");
        var image = empty(1, 4, 1, 1).expand(1, 4, 16_384, 16_384);
        Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(image, randn(4, 1, 5, 5), Five, 4));
        Assert.AreEqual(ConvolutionForm.ChannelsLast, ConvolutionForms.Of(empty(1, 4, 6, 6).expand(4_000_000, 4, 6, 6), randn(4, 1, 5, 5), Five, 4), "More than TorchSharp gives access to.");
    }

    [TestMethod]
    public void SequencesOfAllLengthsAreAFewConvolutions()
    {
        using var scope = NewDisposeScope();
        using (new ConvolutionForms(new Dictionary<string, string>(), Remember, TimeProvider.System).Use())
            for (var steps = 1; steps <= 40; steps++) ConvolutionForms.Of(randn(2, 4, steps, 1), randn(4, 4, 3, 1), new ConvolutionWindow(3, 1), 1);
        Assert.HasCount(7, _remembered);
    }

    [TestMethod]
    public void AnArchitectureThatIsTrainedForANumberOfEpochsIsComputedByTheRule()
    {
        var input = new Shape(1, 8, 8);
        using var split = new DataSplit(input, new Target(LearningTask.MulticlassClassification, 3), Rows(48), Rows(24));
        var space = new SearchSpace("small", new Chain(new Conv2d(4, 3), new GlobalAveragePool()), input);
        Assert.IsEmpty(Forms(epochs: 1));
        Assert.IsNotEmpty(Forms(epochs: null));

        IReadOnlyDictionary<string, string> Forms(int? epochs)
        {
            using var result = ArchitectureSearch.Run(new SearchProblem([split]), new() { Architecture = space.Resolve(space.Default), MaxTrainingEpochs = epochs, MaxTrainingTimeInSeconds = 0.01 }, 1, static _ => { });
            return result.Manifest.ToOptions(space, SearchStrategies.Darts()).Replay!.ConvolutionForms;
        }
    }

    [TestMethod]
    public void MeasuringLeavesNoTrace()
    {
        using var scope = NewDisposeScope();
        var (images, weight) = (randn(3, 4, 6, 6), randn(4, 1, 5, 5).requires_grad_());
        manual_seed(5);
        var expected = rand(1).item<float>();
        manual_seed(5);
        using (new ConvolutionForms(new Dictionary<string, string>(), Remember, TimeProvider.System).Use())
        using (no_grad()) ConvolutionForms.Of(images, weight, Five, 4);
        Assert.AreEqual(expected, rand(1).item<float>());
        Assert.IsNull(weight.grad);
        Assert.HasCount(1, _remembered);
    }

    [TestMethod]
    public void ATimeLimitedSearchMeasuresAndIsRepeatedWithWhatItFound()
    {
        var input = new Shape(1, 8, 8);
        using var split = new DataSplit(input, new Target(LearningTask.MulticlassClassification, 3), Rows(48), Rows(24));
        var space = new SearchSpace("small", new Chain(new Conv2d(4, 3), new InvertedResidual(4, Setting.OneOf("kernel", 5, 3), 2), new GlobalAveragePool()), input);
        using var first = Run(new() { Space = space, Strategy = SearchStrategies.Random(), MaxSearchTimeInSeconds = 60, MaxTrials = 2, EpochsPerTrial = 1, MaxTrainingEpochs = 1 });
        var options = first.Manifest.ToOptions(space, SearchStrategies.Random());
        Assert.IsNotEmpty(options.Replay!.ConvolutionForms);
        using var second = Run(options);
        Assert.AreEqual(first.Validation.Score(SearchMetric.LogLoss), second.Validation.Score(SearchMetric.LogLoss));
        CollectionAssert.AreEqual(first.Trials.Select(static trial => trial.Loss).ToArray(), second.Trials.Select(static trial => trial.Loss).ToArray());
        using var counted = Run(new() { Space = space, Strategy = SearchStrategies.Random(), MaxTrials = 1, EpochsPerTrial = 1, MaxTrainingEpochs = 1 });
        Assert.IsEmpty(counted.Manifest.ToOptions(space, SearchStrategies.Random()).Replay!.ConvolutionForms, "Counts alone: no clock has a say.");

        SearchResult Run(SearchOptions options)
        {
            options.Threads = 1;
            return ArchitectureSearch.Run(new SearchProblem([split]), options, 1, static _ => { });
        }
    }

    private static LabeledRows Rows(int count)
    {
        manual_seed(count);
        return new(rand(count, 1, 8, 8), randint(0, 3, [count], dtype: ScalarType.Int64));
    }

    private string Remember(string name, Func<string> measure) => _remembered.TryGetValue(name, out var known) ? known : _remembered[name] = measure();

    /// <summary>A clock on which each of several things that are timed in turns takes its own time.</summary>
    private sealed class CostClock(params double[] seconds) : TimeProvider
    {
        private long _now;
        private int _calls;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            if (_calls++ % 2 == 1) _now += TimeSpan.FromSeconds(seconds[_calls / 2 % seconds.Length == 0 ? ^1 : _calls / 2 % seconds.Length - 1]).Ticks;
            return _now;
        }
    }
}
