using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What an earlier search came to where the clock had a say: with it, a search repeats that one without a clock.</summary>
/// <param name="FirstTrial">How long the first trial was trained on each split: it is cut short where time runs out.</param>
/// <param name="FinalTrainings">How long each final network was trained.</param>
/// <param name="BaselineTrials">The number of the baseline's trials; null where there was no baseline.</param>
internal sealed record SearchReplay(IReadOnlyList<TrainingSchedule> FirstTrial, IReadOnlyList<TrainingSchedule> FinalTrainings, int? BaselineTrials);
