using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Studies;

/// <summary>Writes the manifest of a search.</summary>
internal static class ManifestWriter
{
    public static SearchManifest Write(SearchRecord search, Trial? best) => new(new JsonObject
    {
        ["format"] = SearchManifest.Format,
        ["version"] = SearchManifest.Version,
        ["searchId"] = search.SearchId,
        ["started"] = search.Started.ToString("O", CultureInfo.InvariantCulture),
        ["seed"] = search.Seed,
        ["space"] = StudyDescription.Of(search.Space),
        ["strategy"] = StudyDescription.Of(search.Strategy),
        ["data"] = search.Problem.Data is { } data ? StudyDescription.Of(data) : null,
        ["options"] = ManifestOptions.Of(search.Options),
        ["protocol"] = search.Protocol,
        ["budget"] = new JsonObject
        {
            ["searchSeconds"] = search.Budget.Time?.TotalSeconds,
            ["trials"] = search.Options.MaxTrials,
            ["supernetEpochs"] = search.Options.MaxEpochs,
        },
        ["reached"] = Reached(search),
        ["finalTraining"] = new JsonObject
        {
            ["recipe"] = ObjectDescription.Of(search.Options.MaxTrainingEpochs is { } epochs ? search.Recipe.WithEpochs(epochs) : search.Recipe),
            ["networks"] = search.Found.Count,
            ["refitOnAllRows"] = search.IsRefitted,
        },
        ["found"] = new JsonObject
        {
            ["architectures"] = new JsonArray([.. search.Found.Select(Of)]),
            ["validationMetric"] = SearchManifest.Number(search.ValidationMetric),
            ["parameters"] = search.Cost.Parameters,
            ["macs"] = search.Cost.Macs,
        },
        ["baseline"] = search.Baseline is { } baseline ? Of(baseline, best) : null,
        ["machine"] = RunDescription.Machine(search.Problem.Splits[0].Train.Features.device.ToString()),
        ["libraries"] = RunDescription.Versions(),
    });

    private static JsonObject Reached(SearchRecord search) => new()
    {
        ["trials"] = search.Trials.Count,
        ["completeTrials"] = Count(search, TrialState.Complete),
        ["failedTrials"] = Count(search, TrialState.Failed),
        ["prunedTrials"] = Count(search, TrialState.Pruned),
        ["architectures"] = search.Trials.Select(static trial => trial.Architecture.Genotype).Distinct().Count(),
        ["trialEpochs"] = search.Trials.Sum(static trial => trial.Epochs),
        ["supernetEpochs"] = search.Budget.SupernetEpochs,
        ["supernetPlan"] = search.Budget.SupernetPlan,
        ["epochsPerTrial"] = search.Plan.Epochs,
        ["maxMacs"] = search.Plan.MaxMacs == long.MaxValue ? null : search.Plan.MaxMacs,
        ["firstTrial"] = JsonSerializer.SerializeToNode(search.FirstTrial, StudyJson.Options),
        ["convolutionForms"] = JsonSerializer.SerializeToNode(search.ConvolutionForms, StudyJson.Options),
        ["finalTrainings"] = JsonSerializer.SerializeToNode(search.FinalTrainings, StudyJson.Options),
        ["searchSeconds"] = search.SearchSeconds,
        ["trainingSeconds"] = search.TrainingSeconds,
        ["cancelled"] = search.WasCancelled,
    };

    private static JsonObject Of(BaselineResult baseline, Trial? best) => new()
    {
        ["strategy"] = "Random",
        ["trials"] = baseline.Trials.Count,
        ["firstTrial"] = JsonSerializer.SerializeToNode(baseline.FirstTrial, StudyJson.Options),
        ["bestMetric"] = SearchManifest.Number(baseline.Best?.Metric ?? double.NaN),
        ["bestArchitecture"] = baseline.Best is { } found ? Of(found.Architecture) : null,
        ["searchBestMetric"] = SearchManifest.Number(best?.Metric ?? double.NaN),
        ["seconds"] = baseline.Seconds,
    };

    private static JsonNode Of(Architecture architecture)
    {
        var json = JsonNode.Parse(architecture.ToJson())!;
        json["id"] = architecture.Id;
        return json;
    }

    private static int Count(SearchRecord search, TrialState state) => search.Trials.Count(trial => trial.State == state);
}
