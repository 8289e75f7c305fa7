namespace Microsoft.ML.Nas;

/// <summary>The published cells of the space of <see cref="SearchSpaces.DartsCells"/>, which load into it with <see cref="SearchSpace.Parse"/>.</summary>
public static class DartsGenotypes
{
    /// <summary>DARTS, first order (Liu 2019): 3.00 % test error on CIFAR-10.</summary>
    public static IReadOnlyDictionary<string, string> V1 { get; } = Decisions(
        normal: [("sep_conv_3x3", 1), ("sep_conv_3x3", 0), ("skip_connect", 0), ("sep_conv_3x3", 1), ("skip_connect", 0), ("sep_conv_3x3", 1), ("sep_conv_3x3", 0), ("skip_connect", 2)],
        reduction: [("max_pool_3x3", 0), ("max_pool_3x3", 1), ("skip_connect", 2), ("max_pool_3x3", 0), ("max_pool_3x3", 0), ("skip_connect", 2), ("skip_connect", 2), ("avg_pool_3x3", 0)]);

    /// <summary>DARTS, second order (Liu 2019): 2.76 % test error on CIFAR-10.</summary>
    public static IReadOnlyDictionary<string, string> V2 { get; } = Decisions(
        normal: [("sep_conv_3x3", 0), ("sep_conv_3x3", 1), ("sep_conv_3x3", 0), ("sep_conv_3x3", 1), ("sep_conv_3x3", 1), ("skip_connect", 0), ("skip_connect", 0), ("dil_conv_3x3", 2)],
        reduction: [("max_pool_3x3", 0), ("max_pool_3x3", 1), ("skip_connect", 2), ("max_pool_3x3", 1), ("max_pool_3x3", 0), ("skip_connect", 2), ("skip_connect", 2), ("max_pool_3x3", 1)]);

    /// <summary>
    /// The decisions of cells in the notation of the published code: for each node, from the first, its two operations with the nodes
    /// they read; nodes 0 and 1 are the inputs.
    /// </summary>
    /// <param name="normal">The normal cell: two pairs a node.</param>
    /// <param name="reduction">The reduction cell.</param>
    /// <exception cref="ArgumentException">A cell does not have two pairs a node, or a node reads one node twice or a later one.</exception>
    public static IReadOnlyDictionary<string, string> Decisions(
        IReadOnlyList<(string Operation, int Node)> normal, IReadOnlyList<(string Operation, int Node)> reduction)
    {
        ArgumentNullException.ThrowIfNull(normal);
        ArgumentNullException.ThrowIfNull(reduction);
        var decisions = new Dictionary<string, string>();
        Add("normal", normal);
        Add("reduction", reduction);
        return decisions;

        void Add(string cell, IReadOnlyList<(string Operation, int Node)> edges)
        {
            if (edges.Count % 2 != 0) throw new ArgumentException($"The {cell} cell has {edges.Count} pairs of operation and node; every node needs two.", cell);
            for (var position = 0; position < edges.Count; position += 2)
            {
                var node = 2 + position / 2;
                var (first, second) = edges[position].Node < edges[position + 1].Node ? (edges[position], edges[position + 1]) : (edges[position + 1], edges[position]);
                if (first.Node == second.Node || first.Node < 0 || second.Node >= node)
                    throw new ArgumentException($"Node {node} of the {cell} cell reads nodes {first.Node} and {second.Node}; it must read two different earlier ones.", cell);
                // The first node has no more than two nodes before it, so there is nothing to choose.
                if (node > 2) decisions[$"{cell}.{node}.inputs"] = $"{first.Node}+{second.Node}";
                decisions[$"{cell}.{node}<-{first.Node}"] = first.Operation;
                decisions[$"{cell}.{node}<-{second.Node}"] = second.Operation;
            }
        }
    }
}
