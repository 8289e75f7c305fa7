using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Strategies.Sampling.Proxies;
using Microsoft.ML.Nas.Strategies.Sampling.RandomSearch;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>Runs whole searches on small problems.</summary>
internal static class Searches
{
    public static readonly Dictionary<string, Func<SearchStrategy>> All = new()
    {
        ["random"] = SearchStrategies.Random,
        ["darts"] = () => SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3 }),
        ["darts, second order"] = () => SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3, SecondOrder = true }),
        ["pc-darts"] = () => SearchStrategies.PcDarts(new() { BatchSize = 64, Epochs = 3 }),
        ["gdas"] = () => SearchStrategies.Gdas(new() { BatchSize = 64, Epochs = 3 }),
        ["snas"] = () => SearchStrategies.Snas(new() { BatchSize = 64, Epochs = 3 }),
        ["drnas"] = () => SearchStrategies.DrNas(new() { BatchSize = 64, Epochs = 3 }),
        ["proxylessnas"] = () => SearchStrategies.ProxylessNas(new() { BatchSize = 64, Epochs = 3 }),
        ["fairdarts"] = () => SearchStrategies.FairDarts(new() { BatchSize = 64, Epochs = 3 }),
        ["single path"] = () => new SamplingStrategy(new RandomSampler(), new SharedWeights(new() { BatchSize = 64, Epochs = 3 })) { Evaluations = 12 },
        ["fair paths"] = () => new SamplingStrategy(new RandomSampler(), new SharedWeights(new() { BatchSize = 64, Epochs = 3, Sampling = PathSampling.StrictFair })) { Evaluations = 12 },
        ["shrinking paths"] = () => new SamplingStrategy(new RandomSampler(), new SharedWeights(new() { BatchSize = 64, Epochs = 3, Sampling = PathSampling.ProgressiveShrinking, DistillationWeight = 0.5 })) { Evaluations = 12 },
        ["proxy"] = () => new SamplingStrategy(new RandomSampler(), new ProxyEvaluator(new SynFlow())) { Evaluations = 12 },
        ["warm start"] = () => new SamplingStrategy(new ProxyWarmStart(new RandomSampler(), new SynFlow()) { Candidates = 10, Starts = 3 }),
        ["filter"] = () => new SamplingStrategy(new ProxyFilter(new RandomSampler(), new SynFlow()) { Proposals = 3 }),
        ["reinforce"] = () => SearchStrategies.Reinforce(new() { SharedWeights = false }),
        ["reinforce, shared weights"] = () => SearchStrategies.Reinforce(new() { BatchSize = 64, Epochs = 3, ControllerSteps = 4, RankedSamples = 6 }),
    };

    /// <summary>Whether a strategy ranks its proposals by an evaluator, and tries the best of them.</summary>
    public static bool RanksBeforeTrials(string strategy) => strategy is "single path" or "fair paths" or "shrinking paths" or "proxy";

    public static SearchResult Run(string strategy, DataSplit split, Action<SearchOptions>? change = null, SearchSpace? space = null, int seed = 1, Action<SearchProgress>? report = null)
    {
        var options = new SearchOptions { Strategy = All[strategy](), Space = space ?? TestData.SmallSpace(), MaxTrials = 4, MaxEpochs = 2, EpochsPerTrial = 2, MaxTrainingEpochs = 3 };
        change?.Invoke(options);
        return ArchitectureSearch.Run(new SearchProblem([split]), options, seed, report ?? (static _ => { }));
    }
}
