namespace Microsoft.ML.Nas;

/// <summary>A trial as a study holds it.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="Genotype">The architecture's option indices, joined by dashes.</param>
/// <param name="Fidelity">The share of a full training, above 0 and at most 1.</param>
/// <param name="Continues">The trial that it goes on from; null where it started from fresh weights.</param>
/// <param name="Origin">Where the architecture came from.</param>
/// <param name="State">How far it is.</param>
public sealed record TrialRecord(int Number, string Genotype, double Fidelity, int? Continues, string Origin, TrialState State)
{
    /// <summary>The metric on validation rows; NaN where it did not end, or failed.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The validation loss; NaN where it did not end, or failed.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>The number of parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>The multiply-adds per row.</summary>
    public long Macs { get; init; }

    /// <summary>The bytes of activations per row.</summary>
    public long ActivationBytes { get; init; }

    /// <summary>The number of epochs trained, over all splits.</summary>
    public int Epochs { get; init; }

    /// <summary>The time it took.</summary>
    public double Seconds { get; init; }

    /// <summary>The loss with a supernet's shared weights; null where there was none.</summary>
    public double? SharedLoss { get; init; }

    /// <summary>The objectives by name; empty where the metric is the only one.</summary>
    public IReadOnlyDictionary<string, double> Objectives { get; init; } = new Dictionary<string, double>();

    /// <summary>The validation metric and loss after every epoch that was reported.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Why it failed or was pruned; null where it was not.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The process that ran it last.</summary>
    public string Worker { get; init; } = "";

    /// <summary>How often it was begun: more than once where a worker died.</summary>
    public int Attempts { get; init; } = 1;
}
