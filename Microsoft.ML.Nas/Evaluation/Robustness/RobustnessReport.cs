namespace Microsoft.ML.Nas;

/// <summary>How well the final model does where data are not as it was trained on. All metrics are on validation rows, before any refit on them.</summary>
public sealed record RobustnessReport
{
    /// <summary>The metric, <see cref="SearchResult.Metric"/>, without any disturbance.</summary>
    public required double Metric { get; init; }

    /// <summary>The metric of the architecture trained with so many wrong labels; NaN where that training diverged.</summary>
    public IReadOnlyList<NoiseResult> LabelNoise { get; init; } = [];

    /// <summary>The metric on rows with so much noise, the mean of three draws.</summary>
    public IReadOnlyList<NoiseResult> FeatureNoise { get; init; } = [];

    /// <summary>The column that <see cref="Shift"/> is about; null where none was asked for.</summary>
    public string? ShiftColumn { get; init; }

    /// <summary>The metric on each slice when the architecture was trained with and without it.</summary>
    public IReadOnlyList<ShiftResult> Shift { get; init; } = [];

    /// <summary>How the model treats the groups of the sensitive column; null where none was asked for.</summary>
    public FairnessReport? Fairness { get; init; }

    /// <summary>Whether the search was cancelled before all was measured.</summary>
    public bool WasCancelled { get; init; }
}

/// <summary>The metric under noise.</summary>
/// <param name="Strength">The share of wrong labels, or the standard deviations of noise.</param>
/// <param name="Metric">The metric.</param>
public readonly record struct NoiseResult(double Strength, double Metric);

/// <summary>The metric on rows of one slice of the data.</summary>
/// <param name="Slice">The value, or the range of a number.</param>
/// <param name="Rows">The number of validation rows of the slice.</param>
/// <param name="Seen">The final model's metric on them; NaN where the metric cannot be computed, as an AUC of one class.</param>
/// <param name="Unseen">The metric on the same rows of the architecture trained without the slice; NaN where the metric cannot be computed or the training diverged.</param>
public readonly record struct ShiftResult(string Slice, int Rows, double Seen, double Unseen);
