using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Nas;

/// <summary>Architecture search for an <see cref="MLContext"/>; <c>ml.Nas()</c> gives it.</summary>
public sealed class NasCatalog
{
    private readonly MLContext _mlContext;

    internal NasCatalog(MLContext mlContext) => _mlContext = mlContext;

    /// <summary>A step that searches for a network architecture and trains it.</summary>
    /// <param name="options">What to search, how, and for how long; null for all defaults. Later changes to the object have no effect.</param>
    /// <exception cref="ArgumentException">A column name is empty or given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ArchitectureSearchEstimator SearchArchitecture(SearchOptions? options = null) => new(_mlContext, options ?? new());

    /// <summary>A step that searches for a network architecture and trains it, with defaults for all but the columns and the time.</summary>
    /// <param name="labelColumnName">The label column: Boolean, Single, a key, or for the tokens of a text a vector of keys.</param>
    /// <param name="featureColumnName">The feature column; null for the column <c>Features</c> where there is one, else every column of a supported type.</param>
    /// <param name="exampleWeightColumnName">A Single column with a non-negative weight per example; null where all weigh the same.</param>
    /// <param name="maxSearchTimeInSeconds">The time the search may take, in seconds. Default 60.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public ArchitectureSearchEstimator SearchArchitecture(
        string labelColumnName, string? featureColumnName = null, string? exampleWeightColumnName = null, double maxSearchTimeInSeconds = 60) =>
        SearchArchitecture(new SearchOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnNames = featureColumnName is null ? null : [featureColumnName],
            ExampleWeightColumnName = exampleWeightColumnName,
            MaxSearchTimeInSeconds = maxSearchTimeInSeconds,
        });

    /// <summary>Follows a study that this or other processes work on, for people to watch.</summary>
    /// <param name="study">As in <see cref="SearchOptions.Study"/>. It need not exist yet.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "Members of a catalog are called on one.")]
    public StudyMonitor Watch(string study) => new(study);

    /// <summary>A step that trains one architecture, without a search: a point of a Pareto front, or one that was found before.</summary>
    /// <param name="architecture">The architecture, such as <c>result.ParetoFront[1].Architecture</c> or what <see cref="SearchSpace.ParseArchitecture"/> reads.</param>
    /// <param name="options">The columns, the training and the seed, as in a search; its space, strategy, search limits and study have no effect. Default null: all defaults.</param>
    /// <exception cref="ArgumentException">A column name is empty or given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ArchitectureSearchEstimator TrainArchitecture(Architecture architecture, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var copy = (options ?? new()).Clone();
        (copy.Architecture, copy.Space, copy.Study) = (architecture, architecture.Space, null);
        return new(_mlContext, copy);
    }

    /// <summary>Compares predicted labels of tokens with the true ones.</summary>
    /// <param name="data">Scored data.</param>
    /// <param name="labelColumnName">The column of the true labels: a vector of keys, or of Text.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted labels: a vector of keys, or of Text.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or holds something else.</exception>
    /// <exception cref="ArgumentException">A row has more predicted labels than true ones.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "Members of a catalog are called on one.")]
    public SequenceLabelingMetrics EvaluateSequenceLabeling(IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(data);
        return SequenceLabelingMetrics.Of(data, labelColumnName, predictedLabelColumnName);
    }

    /// <summary>Reads a model that <see cref="ArchitectureTransformer.SaveOnnx"/> wrote, to score with it in ML.NET pipelines as before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">The number of threads that score a batch; null for all cores.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OnnxModelException">The file is no ONNX model.</exception>
    /// <exception cref="InvalidDataException">The model was not written by <see cref="ArchitectureTransformer.SaveOnnx"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public ArchitectureTransformer LoadOnnx(string path, int? threads = null)
    {
        if (threads is { } number) ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(threads));
        var model = OnnxModel.Load(path);
        var (encoder, keyValues, network) = ModelExporter.Read(model);
        using var channel = ((IHostEnvironment)_mlContext).Register("Nas").Start("LoadOnnx");
        channel.Info(MessageSensitivity.None, $"Read a model for {encoder.Plan.Task} with {encoder.Plan.Features.Count} feature columns.");
        return new(new ScoringModel(encoder, keyValues, network, threads), model);
    }
}
