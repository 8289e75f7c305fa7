namespace Microsoft.ML.Nas.Operations;

/// <summary>The activations of searched recurrent cells.</summary>
public enum RecurrentActivation
{
    /// <summary><c>tanh x</c>.</summary>
    Tanh,

    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    Sigmoid,

    /// <summary><c>x</c>.</summary>
    Identity,
}
