namespace Microsoft.ML.Nas.Onnx;

/// <summary>ONNX Runtime's native library is missing, or lacks the execution provider asked for; the message says which package brings it.</summary>
public sealed class OnnxRuntimeUnavailableException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public OnnxRuntimeUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public OnnxRuntimeUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public OnnxRuntimeUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
