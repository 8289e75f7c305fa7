namespace Microsoft.ML.Nas;

/// <summary>The training data cannot be learned from: it is empty, has one class only, or a column holds values that no model can be fitted on.</summary>
public sealed class TrainingDataException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public TrainingDataException()
    {
    }

    /// <summary>Creates the exception with what is wrong and what to do.</summary>
    public TrainingDataException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with what is wrong and its cause.</summary>
    public TrainingDataException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal TrainingDataException(string columnName, string message) : base(message) => ColumnName = columnName;

    /// <summary>The column at fault; null where it is the data as a whole.</summary>
    public string? ColumnName { get; }
}
