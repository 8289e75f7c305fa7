namespace Microsoft.ML.Nas.Onnx;

/// <summary>Two scorers that should agree do not; the message says by how much and where.</summary>
public sealed class ModelMismatchException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public ModelMismatchException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public ModelMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ModelMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ModelMismatchException(ComparisonReport report)
        : base($"The models differ: {report}.") => Report = report;

    /// <summary>The comparison, or null when the outputs could not be compared value by value.</summary>
    public ComparisonReport? Report { get; }
}
