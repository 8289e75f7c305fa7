using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Reports;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas;

/// <summary>What a search found, how, and what it used: enough to repeat it.</summary>
public sealed class SearchResult : IDisposable
{
    internal SearchResult(IReadOnlyList<TrainedNetwork> networks, Target target, ValidationAnswers validation) => (Networks, Target, Validation) = (networks, target, validation);

    /// <summary>A hash of the space, strategy, seed, counts and the architectures found: the same for the same search.</summary>
    public required string SearchId { get; init; }

    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The space that was searched.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>The best architecture.</summary>
    public Architecture Architecture => Architectures[0];

    /// <summary>The architectures whose networks are averaged, best first: one, unless <see cref="SearchOptions.EnsembleSize"/> asks for more.</summary>
    public required IReadOnlyList<Architecture> Architectures { get; init; }

    /// <summary>The architectures trained on their own, in order.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>
    /// The complete trials that none beats in the metric and every objective (see <see cref="SearchOptions.Objectives"/>), best metric first.
    /// Each can be trained in full and exported with <see cref="NasCatalog.TrainArchitecture"/>.
    /// </summary>
    public IReadOnlyList<Trial> ParetoFront => ParetoRanking.Front(Trials, trial => Metric.AsReward(trial.Metric));

    /// <summary>The metric that trials are ranked by.</summary>
    public required SearchMetric Metric { get; init; }

    /// <summary>The final model's metric on the validation rows of the first split, before a refit on those rows.</summary>
    public required double ValidationMetric { get; init; }

    /// <summary>What the final model costs per row, ensembles added up.</summary>
    public required Cost Cost { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>What networks and supernets were trained in (<see cref="SearchOptions.Precision"/>).</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>The number of epochs the supernet was trained; give it as <see cref="SearchOptions.MaxEpochs"/> to repeat the search.</summary>
    public required int SupernetEpochs { get; init; }

    /// <summary>The number of epochs each trial was planned for; give it as <see cref="SearchOptions.EpochsPerTrial"/> to repeat the search.</summary>
    public required int EpochsPerTrial { get; init; }

    /// <summary>The most multiply-adds per row that a trial was allowed; give it as <see cref="SearchOptions.MaxMacs"/> to repeat the search.</summary>
    public required long MaxMacs { get; init; }

    /// <summary>The number of epochs the final training was planned for; give it as <see cref="SearchOptions.MaxTrainingEpochs"/> to repeat it.</summary>
    public required int TrainingEpochs { get; init; }

    /// <summary>The time spent on searching, in seconds.</summary>
    public required double SearchSeconds { get; init; }

    /// <summary>The time spent on the final training, in seconds.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>What a random search came to with an equal budget; null unless <see cref="SearchOptions.ReportBaseline"/> asks for it.</summary>
    public BaselineResult? Baseline { get; init; }

    /// <summary>All that is needed to repeat the search, and to judge it.</summary>
    public required SearchManifest Manifest { get; init; }

    /// <summary>Whether the search was cancelled before its budget was used up.</summary>
    public required bool WasCancelled { get; init; }

    /// <summary>How well the final model does where data are not as it was trained on; null where <see cref="SearchOptions.Robustness"/> was not asked for.</summary>
    public RobustnessReport? Robustness { get; init; }

    /// <summary>How the strategy's probabilities moved.</summary>
    public required ArchitectureTrace Trace { get; init; }

    /// <summary>What the final model said of the validation rows of the first split, before a refit on those rows.</summary>
    internal ValidationAnswers Validation { get; }

    /// <summary>The label column; null where the search knows none.</summary>
    internal string? LabelName { get; set; }

    /// <summary>What the classes are called, in their order; empty for regression and where nothing is known.</summary>
    internal IReadOnlyList<string> ClassNames { get; set; } = [];

    /// <summary>Whether a differentiable search collapsed, and how it ended; null for other strategies.</summary>
    public CollapseReport? Collapse { get; init; }

    /// <summary>
    /// How far the supernet's ranking of architectures can be trusted: over the trials whose architecture a supernet ranked before. Null where fewer than two were.
    /// The trials of a search are those that shared weights liked; <see cref="SharedWeightsOptions.RankCorrelationSample"/> adds a fair sample.
    /// </summary>
    public SupernetRanking? SupernetRankCorrelation
    {
        get
        {
            var both = Trials.Where(static trial => trial.State == TrialState.Complete && trial.Fidelity == 1 && trial.SharedLoss is { } shared && double.IsFinite(shared) && double.IsFinite(trial.Loss)).ToArray();
            if (both.Length < 2) return null;
            double[] shared = [.. both.Select(static trial => trial.SharedLoss!.Value)], alone = [.. both.Select(static trial => trial.Loss)];
            return new(RankCorrelation.Kendall(shared, alone), RankCorrelation.Spearman(shared, alone), both.Length);
        }
    }

    internal IReadOnlyList<TrainedNetwork> Networks { get; }

    internal Target Target { get; }

    /// <summary>The shape of one encoded example.</summary>
    internal Shape Input => Networks[0].Split.Input;

    /// <summary>
    /// Writes a report for people: one HTML file that needs nothing else, to be read, printed and sent. It shows the architecture, the trials,
    /// what mattered, what the model gets wrong, and what it cost.
    /// </summary>
    /// <param name="path">Where to write; a file that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveReport(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.Create(path);
        ReportPage.Write(file, ReportContent.Of(this));
    }

    /// <summary>Writes <see cref="Manifest"/> as JSON; docs/studies.md describes it.</summary>
    /// <param name="path">Where to write; a file that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveManifest(string path) => Manifest.Save(path);

    /// <summary>Releases the trained networks. The record itself stays readable.</summary>
    public void Dispose()
    {
        foreach (var network in Networks) network.Dispose();
    }
}
