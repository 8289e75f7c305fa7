using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies;
using Microsoft.ML.Nas.Studies;

namespace Microsoft.ML.Nas;

/// <summary>What to search, how, and for how long. Every option has a default.</summary>
/// <remarks>
/// A search limited by counts (<see cref="MaxTrials"/>, <see cref="MaxEpochs"/>) is repeatable: the same seed, counts and threads
/// give the same architecture. A search limited by time records the counts it reached, so that it can be repeated by counts.
/// </remarks>
public sealed class SearchOptions
{
    internal const double DefaultSearchTimeInSeconds = 60;

    internal const int RefitBelowRows = 10_000;

    /// <summary>The label column: Boolean, Single, a key, or for the tokens of a text a vector of keys. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>The feature columns. Default null: the column <c>Features</c> where there is one, else every column of a supported type but label, weight and group.</summary>
    public string[]? FeatureColumnNames { get; set; }

    /// <summary>A Single column with a non-negative weight per example. Default null: all weigh the same.</summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>The task. Default null: a bool label or a key of two values is binary, another key is multiclass, a Single is regression, a vector of keys is sequence labeling.</summary>
    public LearningTask? Task { get; set; }

    /// <summary>The metric that architectures are ranked by. Default null: AUC for two classes, accuracy for more and for tokens, RMSE for regression.</summary>
    public SearchMetric? Metric { get; set; }

    /// <summary>The architectures to choose from. Default null: <see cref="SearchSpaces.Tabular"/>, or <see cref="SearchSpaces.NasBench201"/> with 8 channels and one cell a stage where the only feature column is an image, or <see cref="SearchSpaces.SequenceLabeling"/> where the label is of tokens. A space for images takes one vector column of bytes or floats with dimensions, <c>[channels, height, width]</c> or <c>[height, width]</c>.</summary>
    public SearchSpace? Space { get; set; }

    /// <summary>How texts become token ids, where <see cref="Space"/> is for texts.</summary>
    public TextOptions Text { get; set; } = new();

    /// <summary>How to choose. Default null: <see cref="SearchStrategies.Darts"/>.</summary>
    public SearchStrategy? Strategy { get; set; }

    /// <summary>
    /// The time the search may take, in seconds. Default null: 60, or no limit where a count is given. It ends between two steps (batches), except that the first
    /// trial trains for an epoch on every split whatever the limit, since a search must have one. Reading the data before it, and the final training,
    /// the refit, the export and its check after it, are not part of it.
    /// </summary>
    public double? MaxSearchTimeInSeconds { get; set; }

    /// <summary>The number of architectures trained on their own while searching, the default architecture included. Default null: no limit.</summary>
    public int? MaxTrials { get; set; }

    /// <summary>The number of epochs a weight-sharing supernet is trained. Default null: no limit.</summary>
    public int? MaxEpochs { get; set; }

    /// <summary>
    /// The number of epochs a trial trains. Default null: with a time limit, as many as let eight trials of the costliest start architecture
    /// fit, at least those that make 500 steps and at most the final training's; without one, half of the final training's, but no fewer than five.
    /// </summary>
    public int? EpochsPerTrial { get; set; }

    /// <summary>
    /// The most multiply-adds per row that an architecture may cost; costlier ones are not trained. Default null: with a time limit, what can
    /// be trained in two fifths of it; without one, no limit.
    /// </summary>
    public long? MaxMacs { get; set; }

    /// <summary>What a scheduler saves on: epochs, rows or width. Default <see cref="TrialFidelity.Epochs"/>. Without effect where every trial is a full one.</summary>
    public TrialFidelity Fidelity { get; set; } = TrialFidelity.Epochs;

    /// <summary>
    /// What trials measure beside the metric, and its limits: see <see cref="Nas.Objectives"/>. <see cref="SearchResult.ParetoFront"/> holds
    /// the best compromises. Default empty.
    /// </summary>
    public IReadOnlyList<Objective> Objectives { get; set; } = [];

    /// <summary>
    /// The time the final training may take, in seconds, per ensemble member. Default null: as long as the search may, or no limit where the search is limited by
    /// counts. The first epoch is always ended; the refit (<see cref="RefitOnAllRows"/>) trains for the epochs that were found, however long they take.
    /// </summary>
    public double? MaxTrainingTimeInSeconds { get; set; }

    /// <summary>The number of epochs of the final training. Default null: as many as make about 2,400 steps, at least 16 and at most 48; early stopping may end it sooner.</summary>
    public int? MaxTrainingEpochs { get; set; }

    /// <summary>The share of the rows that architectures are ranked on, between 0 and 1. Default 0.2.</summary>
    public double ValidationFraction { get; set; } = 0.2;

    /// <summary>The number of best architectures that are trained and exported as one graph that averages them. Default 1.</summary>
    public int EnsembleSize { get; set; } = 1;

    /// <summary>
    /// Whether the found architecture is trained once more on all rows, validation rows included, for the epochs that early stopping found.
    /// Default null: where there are fewer than 10,000 rows, since rows are worth more than time there.
    /// </summary>
    public bool? RefitOnAllRows { get; set; }

    /// <summary>How classes weigh in the loss. Default <see cref="ClassWeighting.None"/>.</summary>
    public ClassWeighting ClassWeighting { get; set; }

    /// <summary>How training images are varied at random. Default null: a new <see cref="Nas.ImageAugmentation"/>, which moves them a little. Without effect on tables.</summary>
    public ImageAugmentation? ImageAugmentation { get; set; }

    /// <summary>The seed of everything random. Default null: drawn from the MLContext's own source, so that its seed decides.</summary>
    public int? Seed { get; set; }

    /// <summary>
    /// The numbers that networks are trained in. Default <see cref="TrainingPrecision.Float32"/>. The low precisions pay on GPUs with tensor cores; validation, predictions and the exported
    /// model are float32 with all of them.
    /// </summary>
    public TrainingPrecision Precision { get; set; }

    /// <summary>The number of threads for training and scoring. Default null: all cores. One thread gives bit-identical files.</summary>
    public int? Threads { get; set; }

    /// <summary>
    /// What is measured of the final model beyond its metric: wrong labels, noise, shift and the groups of a sensitive column. Every share of
    /// wrong labels and every held-out slice is one more training. Default null: nothing.
    /// </summary>
    public RobustnessOptions? Robustness { get; set; }

    /// <summary>
    /// Where the search is recorded, so that it goes on where it stopped when it is run again with the same options, however it ended: a file
    /// (SQLite), or a PostgreSQL database that several processes can share, as in <c>postgres://user@host/database?study=churn</c> or
    /// <c>Host=host;Database=database;Study=churn</c>. Default null: nothing is kept.
    /// </summary>
    public string? Study { get; set; }

    /// <summary>
    /// Whether a random search is run as well, with as much time, or as many trials: one more for as many supernet epochs as a trial trains.
    /// What it came to is <see cref="SearchResult.Baseline"/>. Default false.
    /// </summary>
    public bool ReportBaseline { get; set; }

    /// <summary>Where progress is reported; it also goes to <c>MLContext.Log</c>. Default null.</summary>
    public IProgress<SearchProgress>? Progress { get; set; }

    /// <summary>Ends the search early with the best architecture so far, which is then trained; where nothing was found yet, Fit throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Tells the time that limits the search and trainings.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What an earlier search came to where the clock had a say; null where none is repeated.</summary>
    internal SearchReplay? Replay { get; set; }

    /// <summary>The architecture to train instead of searching; null to search.</summary>
    internal Architecture? Architecture { get; set; }

    /// <summary>A copy that later changes to this object do not reach.</summary>
    internal SearchOptions Clone()
    {
        var copy = (SearchOptions)MemberwiseClone();
        copy.FeatureColumnNames = (string[]?)FeatureColumnNames?.Clone();
        copy.Robustness = Robustness?.Clone();
        copy.Text = Text.Clone();
        copy.Objectives = [.. Objectives];
        return copy;
    }
}
