using System.Globalization;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>
/// The text in which NAS-Bench-201 writes a cell, as in
/// <c>|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|</c>: for each node the operations on the nodes before it.
/// </summary>
public static class NasBench201Notation
{
    private const int Nodes = 3;

    /// <summary>Reads a cell.</summary>
    /// <param name="space">A space made by <see cref="SearchSpaces.NasBench201"/>.</param>
    /// <param name="text">The cell.</param>
    /// <exception cref="FormatException">The text is no such cell; the message says where.</exception>
    public static Genotype Parse(SearchSpace space, string text)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(text);
        var nodes = text.Split('+');
        if (nodes.Length != Nodes) throw new FormatException($"A NAS-Bench-201 cell has {Nodes} nodes, separated by '+'; '{text}' has {nodes.Length}.");
        var labels = new Dictionary<string, string>();
        for (var node = 1; node <= Nodes; node++)
        {
            var edges = nodes[node - 1].Split('|', StringSplitOptions.RemoveEmptyEntries);
            if (edges.Length != node) throw new FormatException($"Node {node} of a NAS-Bench-201 cell has {node} incoming edges; '{nodes[node - 1]}' has {edges.Length}.");
            foreach (var edge in edges)
            {
                if (edge.Split('~') is not [var operation, var source] || !int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var from) || from >= node)
                    throw new FormatException($"'{edge}' into node {node} is not an operation and an earlier node, as in 'skip_connect~0'.");
                if (!labels.TryAdd(Name(node, from), operation)) throw new FormatException($"Node {node} reads node {from} twice in '{nodes[node - 1]}'.");
            }
        }
        try
        {
            return space.Parse(labels);
        }
        catch (ArgumentException problem)
        {
            throw new FormatException($"'{text}' is no cell of space '{space.Name}': {problem.Message}", problem);
        }
    }

    /// <summary>Writes a cell.</summary>
    /// <param name="architecture">An architecture of a space made by <see cref="SearchSpaces.NasBench201"/>.</param>
    /// <exception cref="ArgumentException">It is of another space.</exception>
    public static string Format(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var space = architecture.Space;
        return string.Join('+', Enumerable.Range(1, Nodes).Select(node => "|" + string.Concat(Enumerable.Range(0, node).Select(from =>
        {
            var decision = space.IndexOf(Name(node, from));
            return $"{space.Decisions[decision].Labels[architecture.Genotype[decision]]}~{from}|";
        }))));
    }

    private static string Name(int node, int from) => $"cell.{node}<-{from}";
}
