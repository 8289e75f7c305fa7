namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>How a random forest is grown.</summary>
internal sealed record ForestOptions
{
    /// <summary>The number of trees.</summary>
    public int Trees { get; init; } = 48;

    /// <summary>Whether each tree sees rows drawn with replacement, instead of all of them once.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>The number of rows that a leaf holds at least.</summary>
    public int LeastRowsPerLeaf { get; init; } = 2;

    /// <summary>The share of the features that a split looks at.</summary>
    public double FeatureShare { get; init; } = 5.0 / 6;
}
