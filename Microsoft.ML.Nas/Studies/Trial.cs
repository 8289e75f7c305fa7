using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>One architecture that a search trained on its own.</summary>
/// <param name="Number">The trial's number; 0 is the space's default architecture.</param>
/// <param name="Architecture">The architecture.</param>
/// <param name="State">How it ended.</param>
/// <param name="Metric">The metric on validation rows, in its own unit (the mean over splits where there are several); NaN where it failed.</param>
/// <param name="Loss">The validation loss: log-loss in nats, or the squared error in units of the label's variance; NaN where it failed.</param>
/// <param name="Cost">What the network costs per row.</param>
/// <param name="Epochs">The number of epochs trained, over all splits.</param>
/// <param name="Seconds">The time it took.</param>
/// <param name="Origin">Where the architecture came from: the start, the derived architecture, a sample.</param>
/// <param name="FailureReason">Why it failed; null where it did not.</param>
public sealed record Trial(
    int Number,
    Architecture Architecture,
    TrialState State,
    double Metric,
    double Loss,
    Cost Cost,
    int Epochs,
    double Seconds,
    string Origin,
    string? FailureReason = null)
{
    /// <summary>The architecture's loss with a supernet's shared weights, in the unit of <see cref="Loss"/>, taken before it was trained on its own; null where there was none.</summary>
    public double? SharedLoss { get; init; }
}

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>Trained and measured.</summary>
    Complete,

    /// <summary>The training diverged or could not run; the search went on.</summary>
    Failed,
}
