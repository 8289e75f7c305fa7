namespace ServeOnnx;

/// <summary>A file is missing, is not a model, or is a model that cannot be served row by row.</summary>
internal sealed class ModelFileException(string message, Exception? inner = null) : Exception(message, inner);
