using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Studies;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>Describes how architectures are ranked: with other rules, recorded trials would say something else.</summary>
internal static class SearchProtocol
{
    public static JsonObject Of(SearchProblem problem, SearchOptions options, SearchMetric metric, TrainingRecipe recipe)
    {
        var protocol = new JsonObject
        {
            ["task"] = problem.Target.Task.ToString(),
            ["metric"] = metric.ToString(),
            ["validationFraction"] = options.ValidationFraction,
            ["splits"] = problem.Splits.Count,
            ["classWeighting"] = options.ClassWeighting.ToString(),
            ["imageAugmentation"] = ObjectDescription.Of(options.ImageAugmentation),
            ["epochsPerTrial"] = options.EpochsPerTrial,
            ["maxMacs"] = options.MaxMacs,
            ["fidelity"] = options.Fidelity.ToString(),
            ["objectives"] = new JsonArray([.. options.Objectives.Select(static objective => JsonValue.Create(objective.Limit is { } limit ? $"{objective.Name} <= {limit}" : objective.Name))]),
            ["recipe"] = ObjectDescription.Of(recipe),
        };
        if (problem.Input is TokenShape) protocol["text"] = ObjectDescription.Of(options.Text);
        return protocol;
    }
}
