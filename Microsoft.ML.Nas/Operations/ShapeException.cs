using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Operations;

/// <summary>An operation was given an input that it does not take.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Creates the error.</summary>
    public ShapeException() { }

    /// <summary>Creates the error.</summary>
    public ShapeException(string message) : base(message) { }

    /// <summary>Creates the error.</summary>
    public ShapeException(string message, Exception innerException) : base(message, innerException) { }

    internal static ShapeException Wrong(Operation operation, Shape input, string expected) =>
        new($"{operation.Name} takes {expected}; it was given {(input is TableShape ? "an encoded table row " : input is TokenShape ? "token ids " : "")}{input}.");
}
