namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Trees"/>.</summary>
public sealed class TreesOptions
{
    /// <summary>The number of random architectures that are evaluated first. Default 20.</summary>
    public int StartupTrials { get; set; } = 20;

    /// <summary>After how many more evaluations the trees are trained anew. Default 10.</summary>
    public int RefitEvery { get; set; } = 10;

    /// <summary>The number of models, each trained on evaluations drawn with replacement. Default 4.</summary>
    public int EnsembleSize { get; set; } = 4;

    /// <summary>The number of trees of a model. Default 50.</summary>
    public int NumberOfTrees { get; set; } = 50;

    /// <summary>The most leaves that a tree has. Default 8.</summary>
    public int NumberOfLeaves { get; set; } = 8;

    /// <summary>The fewest evaluations that a leaf has. Default 2.</summary>
    public int MinimumExampleCountPerLeaf { get; set; } = 2;

    /// <summary>How many of the best architectures are mutated. Default 10.</summary>
    public int Parents { get; set; } = 10;

    /// <summary>The number of mutated architectures that are considered at every step. Default 100.</summary>
    public int Candidates { get; set; } = 100;

    internal TreesOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StartupTrials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(RefitEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EnsembleSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NumberOfTrees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NumberOfLeaves, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumExampleCountPerLeaf, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        return (TreesOptions)MemberwiseClone();
    }
}
