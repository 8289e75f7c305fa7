namespace Microsoft.ML.Nas;

/// <summary>The part of the work that is being done.</summary>
public enum SearchPhase
{
    /// <summary>Architectures are being sampled, trained or compared.</summary>
    Searching,

    /// <summary>The architecture found is being trained from fresh weights.</summary>
    Training,

    /// <summary>The ONNX graph is being written and compared with the trained network.</summary>
    Exporting,
}

/// <summary>How far a search is.</summary>
/// <param name="Phase">The part of the work that is being done.</param>
/// <param name="Fraction">How much of the phase is done, 0 to 1.</param>
/// <param name="Elapsed">The time since Fit began.</param>
/// <param name="Trials">The number of architectures trained on their own so far.</param>
/// <param name="SupernetEpochs">The number of epochs the weight-sharing supernet was trained so far.</param>
/// <param name="BestMetric">The best validation metric so far; null before the first trial ends.</param>
/// <param name="BestArchitectureId">The id of the best architecture so far; null before the first trial ends.</param>
/// <param name="Message">What just happened, in a sentence.</param>
public sealed record SearchProgress(
    SearchPhase Phase,
    double Fraction,
    TimeSpan Elapsed,
    int Trials,
    int SupernetEpochs,
    double? BestMetric,
    string? BestArchitectureId,
    string Message)
{
    /// <summary>What <see cref="BestMetric"/> is; null where it is not known.</summary>
    public SearchMetric? Metric { get; init; }

    /// <summary>The trial that just ended; null where something else happened.</summary>
    public Trial? Trial { get; init; }
}
