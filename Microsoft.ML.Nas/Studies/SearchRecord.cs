using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Studies;

/// <summary>What is known of a search that ended.</summary>
internal sealed record SearchRecord(
    DateTimeOffset Started,
    int Seed,
    SearchOptions Options,
    SearchSpace Space,
    SearchStrategy Strategy,
    SearchProblem Problem,
    JsonObject Protocol,
    TrainingRecipe Recipe,
    TrialPlan Plan,
    SearchBudget Budget,
    IReadOnlyList<Trial> Trials,
    BaselineResult? Baseline,
    IReadOnlyList<Architecture> Found,
    Cost Cost)
{
    public required string SearchId { get; init; }

    /// <summary>How long the first trial was trained on each split.</summary>
    public required IReadOnlyList<TrainingSchedule> FirstTrial { get; init; }

    /// <summary>How long each final network was trained; null for a training that did not end.</summary>
    public required IReadOnlyList<TrainingSchedule?> FinalTrainings { get; init; }

    /// <summary>Whether the final networks were trained once more on all rows.</summary>
    public required bool IsRefitted { get; init; }

    /// <summary>The forms in which convolutions were computed where they were measured, by convolution.</summary>
    public required IReadOnlyDictionary<string, string> ConvolutionForms { get; init; }

    public required double ValidationMetric { get; init; }

    public required double SearchSeconds { get; init; }

    public required double TrainingSeconds { get; init; }

    public required bool WasCancelled { get; init; }
}
