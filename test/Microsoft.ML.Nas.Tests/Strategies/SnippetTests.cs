using System.Text.RegularExpressions;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Tests.Strategies.Sampling;
using Snippets;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>What docs/strategies.md quotes is compiled and runs.</summary>
[TestClass]
public sealed partial class SnippetTests
{
    [GeneratedRegex(@"```csharp (?<name>[\w-]+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Quote { get; }

    [GeneratedRegex(@"^[ ]*#region (?<name>[\w-]+)\n(?<code>.*?)^[ ]*#endregion", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region { get; }

    [TestMethod]
    public void The_docs_quote_the_compiled_code()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "docs");
        var compiled = Directory.GetFiles(Path.Combine(folder, "snippets"), "*.cs").SelectMany(static file => Region.Matches(File.ReadAllText(file)))
            .ToDictionary(static region => region.Groups["name"].Value, static region => Unindented(region.Groups["code"].Value));
        var quotes = Quote.Matches(File.ReadAllText(Path.Combine(folder, "strategies.md"))).ToDictionary(static quote => quote.Groups["name"].Value, static quote => Unindented(quote.Groups["code"].Value));
        CollectionAssert.AreEquivalent(compiled.Keys, quotes.Keys);
        foreach (var (name, code) in quotes) Assert.AreEqual(compiled[name], code, name);
    }

    [TestMethod]
    public void The_composed_strategies_run()
    {
        var space = OwnSpace.Create();
        foreach (var strategy in Composition.Strategies())
        {
            var result = BenchmarkSearch.Run(Tables.Of(space), strategy, new() { Seed = 1, MaxTrials = 20 });
            Assert.IsNotNull(result.Best, strategy.Name);
        }
    }

    [TestMethod]
    public void The_own_sampler_climbs()
    {
        var result = Composition.Table(OwnSpace.Create(), new SamplingStrategy(new HillClimbing()));
        Assert.HasCount(10, result.Trials);
        Assert.IsGreaterThan(result.Trials[0].Metric, result.Best!.Metric);
    }

    [TestMethod]
    public void The_own_objective_is_recorded()
    {
        using var split = TestData.Xor();
        var options = Composition.Options();
        (options.MaxTrials, options.EpochsPerTrial, options.MaxTrainingEpochs, options.Space) = (4, 1, 1, TestData.SmallSpace());
        using var result = ArchitectureSearch.Run(new SearchProblem([split]), options, 1, static _ => { });
        foreach (var trial in result.Trials) CollectionAssert.AreEquivalent(new[] { "decisions", "model bytes", "multiply-adds" }, trial.Objectives.Keys.ToArray());
        Assert.IsNotEmpty(result.ParetoFront);
    }

    private static string Unindented(string code)
    {
        var lines = code.Split('\n');
        var indent = lines.Where(static line => line.Length > 0).Select(static line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..].TrimEnd() : "")).Trim();
    }
}
