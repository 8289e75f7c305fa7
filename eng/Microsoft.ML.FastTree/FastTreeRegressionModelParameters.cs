using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

public abstract class TreeEnsembleModelParameters : ModelParametersBase<float>
{
    private protected TreeEnsembleModelParameters()
    {
    }
}

public abstract class TreeEnsembleModelParametersBasedOnRegressionTree : TreeEnsembleModelParameters
{
    private protected TreeEnsembleModelParametersBasedOnRegressionTree()
    {
    }
}

public sealed class FastTreeRegressionModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    private readonly RegressionTree[] _trees;

    internal FastTreeRegressionModelParameters(RegressionTree[] trees) => _trees = trees;

    private protected override float Score(in VBuffer<float> features)
    {
        var row = new float[features.Length];
        features.CopyTo(row);
        return (float)_trees.Sum(tree => tree.Score(row));
    }
}
