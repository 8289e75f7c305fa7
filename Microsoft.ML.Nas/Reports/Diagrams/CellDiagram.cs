using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>Draws cells and stacks of them. A cell that stands in several places is drawn in full where it stands first.</summary>
internal static class CellDiagram
{
    /// <summary>A cell as its graph.</summary>
    public static DiagramPart Of(Cell cell)
    {
        string[] inputs = cell.Inputs.Length == 1 ? ["input"] : ["c[k−2]", "c[k−1]"];
        var nodes = inputs.Concat(Enumerable.Range(0, cell.Nodes).Select(static node => $"node {node}")).ToList();
        var edges = cell.Edges.Select(static edge => (edge.From, edge.To, Name: Figures.Cut(edge.Label ?? NameOf(edge.Block), 24), Hint: $"{edge.From} → {edge.To}: {edge.Label ?? NameOf(edge.Block)}")).ToList();
        if (cell.Output == CellOutput.Concatenation)
        {
            edges.AddRange(Enumerable.Range(inputs.Length, cell.Nodes).Select(node => (node, nodes.Count, "", "joined along the channels")));
            nodes.Add("joined");
        }
        return new FramePart($"cell {cell.Name}", new GraphPart(nodes, edges));
    }

    /// <summary>Layers that choose what feeds them: one that nothing feeds reads the input, and what no layer reads is joined at the end.</summary>
    public static DiagramPart Of(SkipConnections skip)
    {
        var sources = skip.Sources ?? [];
        var nodes = skip.Layers.Select(static (layer, index) => $"{index}: {Figures.Cut(NameOf(layer), 30)}").Prepend("input").Append("joined").ToList();
        var edges = new List<(int From, int To, string Name, string Hint)>();
        for (var layer = 0; layer < sources.Length; layer++)
        {
            foreach (var source in sources[layer].DefaultIfEmpty(-1)) edges.Add((source + 1, layer + 1, "", source < 0 ? $"{layer} reads the input" : $"{layer} reads {source}"));
            if (!sources.Any(read => read.Contains(layer))) edges.Add((layer + 1, nodes.Count - 1, "", "joined along the channels"));
        }
        return new FramePart(skip.Name, new GraphPart(nodes, edges));
    }

    /// <summary>What follows the stem of a stack.</summary>
    public static IEnumerable<DiagramPart> Of(CellStack stack)
    {
        var drawn = new List<Cell>();
        for (var i = 0; i < stack.Cells.Length;)
        {
            var (cell, times) = (stack.Cells[i], 1);
            while (i + times < stack.Cells.Length && IsAlike(stack.Cells[i + times], cell)) times++;
            var part = drawn.Exists(other => IsAlike(other, cell)) ? new BoxPart($"cell {cell.Name}", "as above", "node") : Of(cell);
            yield return times == 1 ? part : new FramePart($"× {times}", part);
            drawn.Add(cell);
            i += times;
        }
    }

    /// <summary>Whether two cells took the same options; their channels may differ.</summary>
    private static bool IsAlike(Cell left, Cell right) =>
        left.Name == right.Name && left.Edges.Length == right.Edges.Length
        && left.Edges.Zip(right.Edges).All(static pair => pair.First.From == pair.Second.From && pair.First.To == pair.Second.To
            && (pair.First.Label ?? NameOf(pair.First.Block)) == (pair.Second.Label ?? NameOf(pair.Second.Block)));

    private static string NameOf(Block block) => block switch
    {
        Op op => op.Operation.Name,
        Chain { Blocks.Length: 0 } => "as it is",
        Chain chain => string.Join(", ", chain.Blocks.Select(NameOf)),
        _ => block.GetType().Name,
    };
}
