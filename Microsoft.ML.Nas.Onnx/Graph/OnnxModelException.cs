namespace Microsoft.ML.Nas.Onnx;

/// <summary>A model or model file is damaged, is not ONNX, or uses what is not supported; the message says what and where.</summary>
public sealed class OnnxModelException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public OnnxModelException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public OnnxModelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public OnnxModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
