using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

/// <summary>Two fixed architectures, trained exactly as the found one is: spaces in which there is nothing to choose.</summary>
internal static class Baselines
{
    private static readonly TableShape AnyTable = new([[-1f, 1f]], [2]);

    public static readonly SearchSpace LogisticRegression = new("logistic regression", new StandardizedEncoding(), AnyTable);

    public static readonly SearchSpace Mlp = new("MLP 128-128", new Chain(
        new StandardizedEncoding(), new Linear(128), new Relu(), new Dropout(0.1f), new Linear(128), new Relu(), new Dropout(0.1f)), AnyTable);

    public static CalibratedBinaryClassificationMetrics Measure(MLContext ml, SearchSpace space, DataOperationsCatalog.TrainTestData split, Arguments arguments)
    {
        using var model = ml.Nas().SearchArchitecture(new SearchOptions
        {
            Space = space,
            Strategy = SearchStrategies.Random(),
            MaxTrials = 1,
            Threads = arguments.Threads,
            Seed = arguments.Seed,
        }).Fit(split.TrainSet);
        return ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
    }
}
