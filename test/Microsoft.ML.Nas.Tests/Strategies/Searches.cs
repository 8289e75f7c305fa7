using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>Runs whole searches on small problems.</summary>
internal static class Searches
{
    public static readonly Dictionary<string, Func<SearchStrategy>> All = new()
    {
        ["random"] = SearchStrategies.Random,
        ["darts"] = () => SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3 }),
        ["darts, second order"] = () => SearchStrategies.Darts(new() { BatchSize = 64, Epochs = 3, SecondOrder = true }),
        ["gdas"] = () => SearchStrategies.Gdas(new() { BatchSize = 64, Epochs = 3 }),
        ["snas"] = () => SearchStrategies.Snas(new() { BatchSize = 64, Epochs = 3 }),
        ["drnas"] = () => SearchStrategies.DrNas(new() { BatchSize = 64, Epochs = 3 }),
        ["proxylessnas"] = () => SearchStrategies.ProxylessNas(new() { BatchSize = 64, Epochs = 3 }),
        ["fairdarts"] = () => SearchStrategies.FairDarts(new() { BatchSize = 64, Epochs = 3 }),
        ["reinforce"] = () => SearchStrategies.Reinforce(new() { SharedWeights = false }),
        ["reinforce, shared weights"] = () => SearchStrategies.Reinforce(new() { BatchSize = 64, Epochs = 3, ControllerSteps = 4, RankedSamples = 6 }),
    };

    public static SearchResult Run(string strategy, DataSplit split, Action<SearchOptions>? change = null, SearchSpace? space = null, int seed = 1, Action<SearchProgress>? report = null)
    {
        var options = new SearchOptions { Strategy = All[strategy](), Space = space ?? TestData.SmallSpace(), MaxTrials = 4, MaxEpochs = 2, EpochsPerTrial = 2, MaxTrainingEpochs = 3 };
        change?.Invoke(options);
        return ArchitectureSearch.Run(new SearchProblem([split]), options, seed, report ?? (static _ => { }));
    }
}
