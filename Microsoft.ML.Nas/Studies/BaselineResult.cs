using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas;

/// <summary>What a random search came to with a budget equal to the search's (Li and Talwalkar 2019; Yu et al. 2020).</summary>
/// <param name="Trials">Its trials, trained and ranked as the search's own.</param>
/// <param name="Best">The best of them; null where none could be trained.</param>
/// <param name="Seconds">The time it took.</param>
public sealed record BaselineResult(IReadOnlyList<Trial> Trials, Trial? Best, double Seconds)
{
    /// <summary>How long the first trial was trained on each split.</summary>
    internal IReadOnlyList<TrainingSchedule> FirstTrial { get; init; } = [];
}
