namespace Microsoft.ML.Nas;

/// <summary>A study cannot be opened, does not fit what is asked for, or cannot be written.</summary>
public sealed class StudyException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    /// <param name="study">The file, or the database without its password.</param>
    /// <param name="innerException">What the storage said; null where it said nothing.</param>
    public StudyException(string message, string study, Exception? innerException = null) : base(message, innerException) => Study = study;

    /// <summary>The file, or the database without its password.</summary>
    public string Study { get; }
}
