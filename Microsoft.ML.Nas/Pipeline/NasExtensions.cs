using Microsoft.ML.Data;

namespace Microsoft.ML.Nas;

/// <summary>Puts architecture search into ML.NET pipelines.</summary>
public static class NasExtensions
{
    /// <summary>Architecture search, as <c>ml.Auto()</c> is for AutoML.</summary>
    public static NasCatalog Nas(this MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return new(mlContext);
    }

    /// <summary>Appends a step that searches for a network architecture and trains it.</summary>
    /// <param name="pipeline">The steps before.</param>
    /// <param name="mlContext">The context: its seed, its log and its choice of GPU are used.</param>
    /// <param name="options">What to search, how, and for how long; null for all defaults.</param>
    /// <returns>The pipeline; fitting it gives a chain whose <c>LastTransformer</c> is the trained model.</returns>
    /// <exception cref="ArgumentException">A column name is empty or given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static EstimatorChain<ArchitectureTransformer> SearchArchitecture(
        this IEstimator<ITransformer> pipeline, MLContext mlContext, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Append(mlContext.Nas().SearchArchitecture(options));
    }

    /// <summary>Appends a step that searches for a network architecture and trains it, with defaults for all but the columns and the time.</summary>
    /// <param name="pipeline">The steps before.</param>
    /// <param name="mlContext">The context: its seed, its log and its choice of GPU are used.</param>
    /// <param name="labelColumnName">The label column: Boolean, Single, a key, or for the tokens of a text a vector of keys.</param>
    /// <param name="featureColumnName">The feature column; null for the column <c>Features</c> where there is one, else every column of a supported type.</param>
    /// <param name="exampleWeightColumnName">A Single column with a non-negative weight per example; null where all weigh the same.</param>
    /// <param name="maxSearchTimeInSeconds">The time the search may take, in seconds. Default 60.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public static EstimatorChain<ArchitectureTransformer> SearchArchitecture(
        this IEstimator<ITransformer> pipeline,
        MLContext mlContext,
        string labelColumnName,
        string? featureColumnName = null,
        string? exampleWeightColumnName = null,
        double maxSearchTimeInSeconds = 60)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Append(mlContext.Nas().SearchArchitecture(labelColumnName, featureColumnName, exampleWeightColumnName, maxSearchTimeInSeconds));
    }
}
