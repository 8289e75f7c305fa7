using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>What a search ends with.</summary>
/// <param name="Networks">The networks to average, best first.</param>
/// <param name="IsRefitted">Whether the networks were trained once more on all rows.</param>
/// <param name="Trainings">How long each was trained; null for a training that did not end, so that another network stands in for its own, or none.</param>
/// <param name="Validation">What the averaged networks say of validation rows, before any refit on those rows.</param>
/// <param name="Robustness">What their robustness is; null where it was not asked for.</param>
internal sealed record FinalNetworks(IReadOnlyList<TrainedNetwork> Networks, bool IsRefitted, IReadOnlyList<TrainingSchedule?> Trainings, ValidationAnswers Validation, RobustnessReport? Robustness);
