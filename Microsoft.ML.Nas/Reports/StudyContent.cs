using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML.Nas.Hardware;

namespace Microsoft.ML.Nas.Reports;

/// <summary>What a report shows of a study that is read from where it is kept.</summary>
internal static class StudyContent
{
    public static ReportContent Of(StudyRecord study)
    {
        var description = study.Description is { } json ? JsonNode.Parse(json) : null;
        var decisions = description?["space"]?["decisions"]?.AsArray().Select(static node => new Decision(node!)).ToArray() ?? [];
        ReportTrial[] trials = [.. study.Trials.Select(trial => Of(trial, decisions))];
        return new()
        {
            Title = $"Study {study.Location}",
            Strategy = description?["strategy"]?["name"]?.GetValue<string>() ?? "The search",
            Metric = Enum.TryParse<SearchMetric>(description?["protocol"]?["metric"]?.GetValue<string>(), out var metric) ? metric : SearchMetric.Accuracy,
            Trials = trials,
            Baseline = [.. study.BaselineTrials.Select(trial => Of(trial, decisions))],
            Manifest = study.Outcome,
            Progress = Progress(study),
        };
    }

    private static ReportTrial Of(TrialRecord trial, Decision[] decisions) => new(
        trial.Number, trial.Genotype, Taken(trial.Genotype, decisions), trial.State, trial.Metric, trial.Loss, trial.SharedLoss,
        new Cost(trial.Parameters, trial.Macs, trial.ActivationBytes), trial.Epochs, trial.Seconds, trial.Origin, trial.FailureReason) { Fidelity = trial.Fidelity };

    /// <summary>The decisions that matter in an architecture, with the option taken.</summary>
    private static KeyValuePair<string, string>[] Taken(string genotype, Decision[] decisions)
    {
        var indices = genotype.Split('-').Select(static index => int.TryParse(index, CultureInfo.InvariantCulture, out var option) ? option : -1).ToArray();
        var taken = new Dictionary<string, string>();
        // Parents come before what depends on them, so that a decision whose parent does not matter finds none.
        for (var i = 0; i < Math.Min(indices.Length, decisions.Length); i++)
            if (decisions[i].IsActive(taken) && (uint)indices[i] < (uint)decisions[i].Options.Length) taken[decisions[i].Name] = decisions[i].Options[indices[i]];
        return [.. taken];
    }

    private static SearchProgress Progress(StudyRecord study)
    {
        var spent = study.Runs.Select(static run => run.Spent).DefaultIfEmpty().Max();
        var ended = study.Trials.Count(static trial => trial.State != TrialState.Running);
        var options = study.Runs.Count > 0 ? JsonNode.Parse(study.Runs[^1].Description)?["options"] : null;
        var running = study.Trials.Where(static trial => trial.State == TrialState.Running).ToArray();
        var message = study.Outcome is not null ? "The search has ended."
            : running.Length == 0 ? "No trial is running."
            : $"Running: {string.Join(", ", running.Take(4).Select(static trial => trial.Curve.Count > 0 ? $"trial {trial.Number} (epoch {trial.Curve[^1].Epoch})" : $"trial {trial.Number}"))}{(running.Length > 4 ? $" and {running.Length - 4} more" : "")}.";
        return new(study.Outcome is null ? SearchPhase.Searching : SearchPhase.Exporting, study.Outcome is null ? Fraction() : 1, TimeSpan.FromSeconds(spent), ended, 0, null, null, message);

        double Fraction() => Math.Clamp(Math.Max(Share(ended, "maxTrials"), Share(spent, "maxSearchTimeInSeconds")), 0, 1);

        double Share(double used, string limit) => options?[limit] is JsonValue value && value.TryGetValue<double>(out var most) && most > 0 ? used / most : 0;
    }

    /// <summary>A decision as a study describes it.</summary>
    private sealed class Decision(JsonNode node)
    {
        private readonly string? _parent = node["condition"]?["decision"]?.GetValue<string>();
        private readonly string[] _parentOptions = Texts(node["condition"]?["options"]);

        public string Name { get; } = node["name"]!.GetValue<string>();

        public string[] Options { get; } = Texts(node["options"]);

        public bool IsActive(IReadOnlyDictionary<string, string> taken) => _parent is null || (taken.TryGetValue(_parent, out var option) && _parentOptions.Contains(option));

        private static string[] Texts(JsonNode? array) => array is null ? [] : [.. array.AsArray().Select(static one => one!.GetValue<string>())];
    }
}
