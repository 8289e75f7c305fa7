using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML;

public static class TreeExtensions
{
    public static FastTreeRegressionTrainer FastTree(this RegressionCatalog.RegressionTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string exampleWeightColumnName = null, int numberOfLeaves = 20, int numberOfTrees = 100, int minimumExampleCountPerLeaf = 10, double learningRate = 0.2)
    {
        System.ArgumentNullException.ThrowIfNull(catalog);
        return new(labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf, learningRate);
    }
}
