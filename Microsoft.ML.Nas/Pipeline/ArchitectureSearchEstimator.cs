using Microsoft.ML.Nas.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Nas;

/// <summary>
/// Searches for a network architecture, trains it, and exports it to ONNX. Takes tables: numbers, booleans, text and keys, scalar or in
/// vectors of a fixed size; missing values are allowed. All encoding that the network needs is learned here and is part of the model.
/// </summary>
public sealed class ArchitectureSearchEstimator : IEstimator<ArchitectureTransformer>
{
    private readonly MLContext _mlContext;
    private readonly SearchOptions _options;

    internal ArchitectureSearchEstimator(MLContext mlContext, SearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(options);
        SearchOptionsValidator.Validate(options);
        _mlContext = mlContext;
        _options = options.Clone();
    }

    /// <summary>The schema of the scored data. Before fitting, a key label is taken for one of more than two values unless <see cref="SearchOptions.Task"/> says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or of an unsupported type, or the task does not fit the label.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var plan = ColumnPlanner.Create(ColumnInfo.From(inputSchema), _options);
        var label = inputSchema.First(column => column.Name == plan.Label.Name);
        return SchemaShapes.With(inputSchema, ModelAnswers.Of(plan.Task, plan.Label, label.IsKey ? KeyValues.Of(label) : null).Columns);
    }

    /// <summary>Searches and trains.</summary>
    /// <returns>The trained model, whose ONNX export was checked against the trained network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or of an unsupported type, or an option does not fit the data.</exception>
    /// <exception cref="TrainingDataException">The data cannot be learned from.</exception>
    /// <exception cref="StudyException">The study cannot be opened or written, or is about another search.</exception>
    /// <exception cref="InvalidOperationException">The GPU asked for is missing, or no architecture could be trained.</exception>
    /// <exception cref="Onnx.ModelMismatchException">ONNX Runtime's answers differ from the trained network's by more than 1e-4.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before any architecture was found.</exception>
    public ArchitectureTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var host = ((IHostEnvironment)_mlContext).Register("Nas");
        using var channel = host.Start("Search");
        using var threads = new TorchThreads(_options.Threads);
        return new SearchRun(_mlContext, _options, host.Rand.Next, channel).Fit(input);
    }
}
