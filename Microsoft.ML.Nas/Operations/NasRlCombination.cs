namespace Microsoft.ML.Nas.Operations;

/// <summary>How a node of <see cref="NasRlRnnCell"/> combines its two inputs.</summary>
public enum NasRlCombination
{
    /// <summary>Their sum.</summary>
    Add,

    /// <summary>Their product, element by element.</summary>
    Multiply,
}
