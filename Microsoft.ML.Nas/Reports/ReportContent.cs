using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Reports;

/// <summary>What a report shows; what is not known is left out of it.</summary>
internal sealed record ReportContent
{
    /// <summary>What is searched for, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The metric that trials are ranked by.</summary>
    public required SearchMetric Metric { get; init; }

    /// <summary>The trials, in order.</summary>
    public required IReadOnlyList<ReportTrial> Trials { get; init; }

    /// <summary>The trials of random search with the same budget; empty where it was not run.</summary>
    public IReadOnlyList<ReportTrial> Baseline { get; init; } = [];

    /// <summary>The space; null where only its trials are known.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>The architectures found, best first.</summary>
    public IReadOnlyList<Architecture> Found { get; init; } = [];

    /// <summary>The shape of one example; null where it is not known.</summary>
    public Shape? Input { get; init; }

    /// <summary>What the final model costs per row.</summary>
    public Cost? Cost { get; init; }

    /// <summary>The final model's metric on validation rows.</summary>
    public double? FinalMetric { get; init; }

    /// <summary>How probabilities moved.</summary>
    public ArchitectureTrace Trace { get; init; } = new();

    /// <summary>What the final model says of the validation rows.</summary>
    public ValidationAnswers? Validation { get; init; }

    /// <summary>What the head predicts.</summary>
    public Target? Target { get; init; }

    /// <summary>How robust and fair the final model is; null where it was not measured.</summary>
    public RobustnessReport? Robustness { get; init; }

    /// <summary>What the classes are called; empty where nothing is known.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Counts, times and seeds, by what they are called.</summary>
    public IReadOnlyList<(string Name, string Value)> Figures { get; init; } = [];

    /// <summary>How far the search is; null where it has ended.</summary>
    public SearchProgress? Progress { get; init; }

    /// <summary>The manifest, JSON.</summary>
    public string? Manifest { get; init; }

    public static ReportContent Of(SearchResult result) => new()
    {
        Title = result.LabelName is { } label ? $"Architecture search for {label}" : "Architecture search",
        Strategy = result.Strategy,
        Metric = result.Metric,
        Trials = [.. result.Trials.Select(ReportTrial.Of)],
        Baseline = [.. (result.Baseline?.Trials ?? []).Select(ReportTrial.Of)],
        Manifest = result.Manifest.ToJson(),
        Space = result.Space,
        Found = result.Architectures,
        Input = result.Input,
        Cost = result.Cost,
        FinalMetric = result.ValidationMetric,
        Trace = result.Trace,
        Validation = result.Validation,
        Robustness = result.Robustness,
        Target = result.Target,
        ClassNames = result.ClassNames,
        Figures =
        [
            ("Search id", result.SearchId),
            ("Seed", $"{result.Seed}"),
            ("Numbers that networks were trained in", $"{result.Precision}"),
            ("Time spent on searching", Reports.Figures.Seconds(result.SearchSeconds)),
            ("Time spent on the final training", Reports.Figures.Seconds(result.TrainingSeconds)),
            ("Architectures trained on their own", Reports.Figures.Count(result.Trials.Count)),
            ("Epochs planned for each", Reports.Figures.Count(result.EpochsPerTrial)),
            ("Epochs of the supernet", Reports.Figures.Count(result.SupernetEpochs)),
            ("Epochs planned for the final training", Reports.Figures.Count(result.TrainingEpochs)),
            ("Most multiply-adds a row that were allowed", result.MaxMacs == long.MaxValue ? "no limit" : Reports.Figures.Count(result.MaxMacs)),
            ("Cancelled", result.WasCancelled ? "yes" : "no"),
        ],
    };

    /// <summary>The trials that were measured.</summary>
    public IEnumerable<ReportTrial> Complete => Trials.Where(static trial => trial.IsComplete);
}
