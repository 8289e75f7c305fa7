namespace Microsoft.ML.Nas;

/// <summary>The recurrent cells that DARTS found on the Penn Treebank (Liu 2019), for <see cref="SearchSpaces.DartsRnn"/>: give them to <see cref="SearchSpace.Parse"/>.</summary>
public static class DartsRnnGenotypes
{
    /// <summary>Found with first-order gradients.</summary>
    public static IReadOnlyDictionary<string, string> V1 { get; } =
        Nodes("relu(0)", "relu(1)", "tanh(2)", "relu(3)", "relu(4)", "identity(1)", "relu(5)", "relu(1)");

    /// <summary>Found with second-order gradients.</summary>
    public static IReadOnlyDictionary<string, string> V2 { get; } =
        Nodes("sigmoid(0)", "relu(1)", "relu(1)", "identity(1)", "tanh(2)", "sigmoid(5)", "tanh(3)", "relu(5)");

    private static Dictionary<string, string> Nodes(params string[] nodes) => nodes.Index().ToDictionary(static node => $"node{node.Index + 1}", static node => node.Item);
}
