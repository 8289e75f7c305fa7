using System.Collections.Immutable;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>One evaluation of one architecture.</summary>
/// <param name="Number">The trial's number, in the order in which trials began; 0 is the space's default architecture, unless a table is searched.</param>
/// <param name="Architecture">The architecture.</param>
/// <param name="State">How it ended.</param>
/// <param name="Metric">The metric on validation rows, in its own unit (the mean over splits where there are several); NaN where it failed.</param>
/// <param name="Loss">The validation loss: log-loss in nats, or the squared error in units of the label's variance; NaN where it failed or nothing was trained.</param>
/// <param name="Cost">What the network costs per row.</param>
/// <param name="Epochs">The number of epochs trained, over all splits.</param>
/// <param name="Seconds">The time it took; simulated where a table was read.</param>
/// <param name="Origin">Where the architecture came from: the start, the derived architecture, a sampler.</param>
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
    /// <summary>The share of a full evaluation that it was given, above 0 and at most 1.</summary>
    public double Fidelity { get; init; } = 1;

    /// <summary>The number of the trial of the same architecture whose result earned it this higher fidelity; null where there is none.</summary>
    public int? Continues { get; init; }

    /// <summary>The metric and the loss after each epoch of training (on the first split where there are several); empty where nothing was trained.</summary>
    public ImmutableArray<CurvePoint> Curve { get; init; } = [];

    /// <summary>The architecture's loss with a supernet's shared weights, in the unit of <see cref="Loss"/>, taken before it was trained on its own; null where there was none.</summary>
    public double? SharedLoss { get; init; }

    /// <summary>What the search's objectives came to, by name; empty where none were asked for.</summary>
    public ImmutableSortedDictionary<string, double> Objectives { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}

/// <summary>Where a training stood after an epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Metric">The metric on validation rows, in its own unit.</param>
/// <param name="Loss">The validation loss.</param>
public readonly record struct CurvePoint(int Epoch, double Metric, double Loss);

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>Evaluated and measured.</summary>
    Complete,

    /// <summary>The training diverged or could not run; the search went on.</summary>
    Failed,

    /// <summary>Begun and not ended; seen only in studies.</summary>
    Running,

    /// <summary>Stopped early, since its learning curve promised little; its metric is that of its last epoch.</summary>
    Pruned,
}
