namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>A directed acyclic graph: nodes one below the other, edges as arcs on their right that carry their names.</summary>
/// <param name="nodes">What the nodes are called, in an order in which edges lead downwards.</param>
/// <param name="edges">From which node to which, what it is called (empty for nothing), and what is shown when it is pointed at.</param>
internal sealed class GraphPart(IReadOnlyList<string> nodes, IReadOnlyList<(int From, int To, string Name, string Hint)> edges) : DiagramPart
{
    private const double NodeHeight = 26, Spacing = 74, FirstReach = 26, Reach = 48, LabelHeight = 14, CharacterWidth = 7.2;

    private readonly double _nodeWidth = 24 + 8.2 * nodes.Max(static node => node.Length);

    /// <summary>The nodes are in the middle, where values flow in and out, so that the left side is left empty.</summary>
    public override double Width => _nodeWidth + 2 * edges.Select(edge => Apex(edge) + 10 + CharacterWidth * edge.Name.Length).DefaultIfEmpty(0).Max();

    public override double Height => NodeHeight + Spacing * (nodes.Count - 1);

    public override void Draw(HtmlWriter html, double x, double y)
    {
        var right = x + Width / 2 + _nodeWidth / 2;
        var taken = new List<(double X, double Y, double Width)>();
        var names = new List<Action>();
        foreach (var edge in edges.OrderBy(static edge => edge.To - edge.From).ThenBy(static edge => edge.From))
        {
            var (from, to) = (y + edge.From * Spacing + NodeHeight - 6, y + edge.To * Spacing + 6);
            var control = right + Apex(edge) / 0.75;
            using var group = html.Element("g");
            if (edge.Hint.Length > 0) html.Leaf("title", edge.Hint);
            Wire(html, $"M{At(right, from)}C{At(control, from)} {At(control, to)} {At(right + 2, to)}", arrow: true);
            if (edge.Name.Length == 0) continue;
            var label = Free(taken, right + Apex(edge) + 5, (from + to) / 2 + 4, CharacterWidth * edge.Name.Length);
            names.Add(() => Text(html, label.X, label.Y, edge.Name, "edge", anchor: null));
        }
        // Over all wires, so that none crosses a name out.
        foreach (var draw in names) draw();
        for (var node = 0; node < nodes.Count; node++)
        {
            Box(html, right - _nodeWidth, y + node * Spacing, _nodeWidth, NodeHeight, "node", 13);
            Text(html, right - _nodeWidth / 2, y + node * Spacing + 17, nodes[node], "name");
        }
    }

    private static double Apex((int From, int To, string Name, string Hint) edge) => FirstReach + Reach * (edge.To - edge.From - 1);

    /// <summary>The nearest place below in which a name hides no other.</summary>
    private static (double X, double Y) Free(List<(double X, double Y, double Width)> taken, double x, double y, double width)
    {
        while (taken.Exists(other => Math.Abs(other.Y - y) < LabelHeight && x < other.X + other.Width + 6 && other.X < x + width + 6)) y += LabelHeight;
        taken.Add((x, y, width));
        return (x, y);
    }
}
