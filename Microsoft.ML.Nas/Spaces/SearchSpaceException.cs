namespace Microsoft.ML.Nas.Spaces;

/// <summary>A search space in which some choice does not fit its surroundings.</summary>
public sealed class SearchSpaceException : ArgumentException
{
    /// <summary>Creates the error.</summary>
    public SearchSpaceException() { }

    /// <summary>Creates the error.</summary>
    public SearchSpaceException(string message) : base(message) { }

    /// <summary>Creates the error.</summary>
    public SearchSpaceException(string message, Exception innerException) : base(message, innerException) { }
}
