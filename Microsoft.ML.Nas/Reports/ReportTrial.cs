using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas.Reports;

/// <summary>What a report shows of a trial.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="ArchitectureId">The architecture's id.</param>
/// <param name="Decisions">The options taken, by the decision's name.</param>
/// <param name="State">How it ended.</param>
/// <param name="Metric">The metric; NaN where it failed.</param>
/// <param name="Loss">The loss; NaN where it failed.</param>
/// <param name="SharedLoss">The loss with shared weights; null where there was none.</param>
/// <param name="Cost">What the network costs.</param>
/// <param name="Epochs">The number of epochs trained.</param>
/// <param name="Seconds">The time it took.</param>
/// <param name="Origin">Where the architecture came from.</param>
/// <param name="FailureReason">Why it failed; null where it did not.</param>
internal sealed record ReportTrial(
    int Number,
    string ArchitectureId,
    IReadOnlyList<KeyValuePair<string, string>> Decisions,
    TrialState State,
    double Metric,
    double Loss,
    double? SharedLoss,
    Cost Cost,
    int Epochs,
    double Seconds,
    string Origin,
    string? FailureReason)
{
    /// <summary>The share of a full evaluation that it was given.</summary>
    public double Fidelity { get; init; } = 1;

    public static ReportTrial Of(Trial trial) => new(
        trial.Number, trial.Architecture.Id, [.. trial.Architecture.Decisions], trial.State, trial.Metric, trial.Loss, trial.SharedLoss,
        trial.Cost, trial.Epochs, trial.Seconds, trial.Origin, trial.FailureReason) { Fidelity = trial.Fidelity };

    /// <summary>Whether it was measured in full, so that it can be compared with others.</summary>
    public bool IsComplete => State == TrialState.Complete && Fidelity == 1 && double.IsFinite(Metric);
}
