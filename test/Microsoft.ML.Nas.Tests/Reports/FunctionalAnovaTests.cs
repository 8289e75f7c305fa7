using Microsoft.ML.Nas.Reports.Statistics;

namespace Microsoft.ML.Nas.Tests.Reports;

[TestClass]
public sealed class FunctionalAnovaTests
{
    private static readonly int[] Options = [3, 2, 4];

    /// <summary>On a full factorial design that one tree fits exactly, functional ANOVA is plain ANOVA.</summary>
    [TestMethod]
    public void Main_effects_of_a_full_design_are_those_of_classical_analysis_of_variance()
    {
        var random = new Random(1);
        var codes = Design();
        var values = codes.Select(_ => random.NextDouble()).ToArray();
        var result = FunctionalAnova.Run(new(codes, Options, values), new() { Trees = 1, Bootstrap = false, LeastRowsPerLeaf = 1, FeatureShare = 1 });

        var mean = values.Average();
        var total = values.Average(value => (value - mean) * (value - mean));
        for (var feature = 0; feature < Options.Length; feature++)
        {
            var means = Enumerable.Range(0, Options[feature]).Select(option => Enumerable.Range(0, values.Length).Where(row => codes[row][feature] == option).Average(row => values[row])).ToArray();
            Assert.AreEqual(means.Average(one => (one - mean) * (one - mean)) / total, result.MainEffects[feature], 1e-9);
            for (var option = 0; option < means.Length; option++) Assert.AreEqual(means[option], result.Means[feature][option], 1e-9);
        }
    }

    [TestMethod]
    public void A_forest_finds_what_matters_among_noise_and_says_how_much_it_can_be_trusted()
    {
        var random = new Random(2);
        var codes = Enumerable.Range(0, 300).Select(_ => Array.ConvertAll(Options, random.Next)).ToArray();
        var values = codes.Select(row => 10 * (row[0] == 1 ? 1 : 0) + row[2] + random.NextDouble()).ToArray();

        var result = FunctionalAnova.Run(new(codes, Options, values));

        // The variances of the parts: 100 · 2/9, 0 and 5/4, and 1/12 of noise.
        var total = 100 * 2.0 / 9 + 5.0 / 4 + 1.0 / 12;
        Assert.AreEqual(100 * 2.0 / 9 / total, result.MainEffects[0], 0.03);
        Assert.AreEqual(0, result.MainEffects[1], 0.01);
        Assert.AreEqual(5.0 / 4 / total, result.MainEffects[2], 0.03);
        Assert.IsGreaterThan(0.95, result.UnseenRSquared);
    }

    [TestMethod]
    public void Where_nothing_matters_nothing_is_claimed()
    {
        var random = new Random(3);
        var codes = Enumerable.Range(0, 60).Select(_ => Array.ConvertAll(Options, random.Next)).ToArray();
        Assert.IsLessThan(0.2, FunctionalAnova.Run(new(codes, Options, [.. codes.Select(_ => random.NextDouble())])).UnseenRSquared);
        var constant = FunctionalAnova.Run(new(codes, Options, [.. codes.Select(static _ => 1.0)]));
        Assert.AreEqual(0, constant.MainEffects.Sum());
    }

    private static int[][] Design() => [.. from a in Enumerable.Range(0, Options[0]) from b in Enumerable.Range(0, Options[1]) from c in Enumerable.Range(0, Options[2]) select new[] { a, b, c }];
}
