namespace Microsoft.ML.Nas.Onnx;

/// <summary>A graph cannot be built as asked. The message names the operator, the node, its inputs and what to do.</summary>
public sealed class GraphException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public GraphException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public GraphException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public GraphException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal GraphException(string op, string node, string message)
        : base(message)
    {
        Operator = op;
        Node = node;
    }

    /// <summary>The operator of the offending node, or null when the fault is not a node's.</summary>
    public string? Operator { get; }

    /// <summary>The name of the offending node, or null when the fault is not a node's.</summary>
    public string? Node { get; }
}
