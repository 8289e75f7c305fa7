namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="Schedulers.MedianStopping"/>.</summary>
public sealed class MedianStoppingOptions
{
    /// <summary>The number of epochs that every training gets. Default 3.</summary>
    public int WarmupEpochs { get; set; } = 3;

    /// <summary>The number of complete trainings before any is stopped. Default 5.</summary>
    public int StartupTrials { get; set; } = 5;

    internal MedianStoppingOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WarmupEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StartupTrials, 1);
        return (MedianStoppingOptions)MemberwiseClone();
    }
}
