using System.Collections.Immutable;
using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>What an evaluation came to.</summary>
/// <param name="Metric">How good the architecture is, in the unit of the search's metric (see <see cref="Evaluator.RewardOf"/>). NaN or infinity is a failure.</param>
/// <param name="Cost">What the network costs per row; default where it is not known.</param>
public sealed record EvaluationResult(double Metric, Cost Cost = default)
{
    /// <summary>The validation loss. Default NaN: there is none.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>The number of epochs trained. Default 0.</summary>
    public int Epochs { get; init; }

    /// <summary>The time it took, where that is not the time that passed, in simulated seconds. Default null.</summary>
    public double? Seconds { get; init; }

    /// <summary>Further measurements, by objective. Default none.</summary>
    public ImmutableSortedDictionary<string, double> Objectives { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Why the evaluation failed; null where it did not.</summary>
    public string? FailureReason { get; init; }

    /// <summary>A failed evaluation; the search goes on.</summary>
    public static EvaluationResult Failed(string reason, Cost cost = default) => new(double.NaN, cost) { FailureReason = reason };
}
