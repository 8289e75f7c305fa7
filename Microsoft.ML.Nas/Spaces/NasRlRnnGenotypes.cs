namespace Microsoft.ML.Nas;

/// <summary>The recurrent cell that Zoph &amp; Le (2017) found on the Penn Treebank, for <see cref="SearchSpaces.NasRlRnn"/>: give it to <see cref="SearchSpace.Parse"/>.</summary>
public static class NasRlRnnGenotypes
{
    /// <summary>The NAS cell: <c>h = tanh(l ⊙ tanh(...))</c> with <c>c = l</c>, as TensorFlow's NASCell computes it.</summary>
    public static IReadOnlyDictionary<string, string> NasCell { get; } = new Dictionary<string, string>
    {
        ["node0"] = "add-sigmoid", ["node1"] = "add-relu", ["node2"] = "add-sigmoid", ["node3"] = "multiply-relu",
        ["node4"] = "add-tanh", ["node5"] = "add-sigmoid", ["node6"] = "add-tanh", ["node7"] = "add-sigmoid",
        ["node8"] = "multiply-tanh", ["node9"] = "add-tanh", ["node10"] = "multiply-tanh", ["node11"] = "add-sigmoid",
        ["node12"] = "multiply-identity", ["node13"] = "add-tanh", ["node14"] = "multiply-tanh",
        ["inject"] = "add-tanh", ["injectInto"] = "8", ["memoryFrom"] = "12",
    };
}
