namespace Microsoft.ML.Nas.Operations;

/// <summary>What a node of <see cref="DartsRnnCell"/> does.</summary>
/// <param name="Input">The state it reads: 0 is the cell's input, n the n-th node.</param>
/// <param name="Activation">Its activation.</param>
public readonly record struct DartsRnnNode(int Input, RecurrentActivation Activation)
{
    /// <summary>As in <c>tanh(0)</c>.</summary>
    public override string ToString() => $"{Activation.Label()}({Input})";
}
