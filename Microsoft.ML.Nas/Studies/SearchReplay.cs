using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What an earlier search came to where the clock had a say: with it, a search repeats that one without a clock.</summary>
/// <param name="SupernetEpochs">The number of epochs that the supernet's schedule was laid out for, or that it was trained; 0 where there was none.</param>
/// <param name="FirstTrial">How long the first trial was trained on each split: it is cut short where time runs out.</param>
/// <param name="FinalTrainings">How long each final network was trained; null for a training that did not end, which one of the search's own networks stands in for.</param>
/// <param name="IsRefitted">Whether the final networks were trained once more on all rows.</param>
/// <param name="BaselineTrials">The number of the baseline's trials; null where there was no baseline.</param>
/// <param name="BaselineFirstTrial">How long the baseline's first trial was trained on each split.</param>
/// <param name="ConvolutionForms">The forms in which convolutions were computed, by convolution.</param>
internal sealed record SearchReplay(int SupernetEpochs, IReadOnlyList<TrainingSchedule> FirstTrial, IReadOnlyList<TrainingSchedule?> FinalTrainings, bool IsRefitted, int? BaselineTrials, IReadOnlyList<TrainingSchedule> BaselineFirstTrial, IReadOnlyDictionary<string, string> ConvolutionForms);
