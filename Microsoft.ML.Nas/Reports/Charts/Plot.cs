using System.Text;

namespace Microsoft.ML.Nas.Reports.Charts;

/// <summary>Points and lines between two axes.</summary>
internal sealed class Plot(string title, string description, Axis horizontal, Axis vertical) : Chart(title, description)
{
    /// <summary>More points than these are thinned out evenly: they could not be told apart.</summary>
    private const int MostPoints = 2000;

    private const double Left = 58, Right = 14, Top = 10, Bottom = 46;

    private readonly List<(string Name, int Colour, Action<HtmlWriter> Draw)> _layers = [];

    protected override double Height => 300;

    protected override IReadOnlyList<(int Colour, string Name)> Legend => [.. _layers.Where(static layer => layer.Name.Length > 0).Select(static layer => (layer.Colour, layer.Name))];

    /// <summary>Adds points.</summary>
    /// <param name="name">What the legend calls them; empty for nothing.</param>
    /// <param name="colour">The number of their colour.</param>
    /// <param name="points">The points; those that are not finite are left out.</param>
    /// <param name="radius">Their radius.</param>
    public Plot Points(string name, int colour, IEnumerable<PlotPoint> points, double radius = 3)
    {
        PlotPoint[] finite = [.. points.Where(IsFinite)];
        if (finite.Length == 0) return this;
        var stride = (finite.Length + MostPoints - 1) / MostPoints;
        _layers.Add((name, colour, html =>
        {
            using var group = html.Element("g", ("class", $"p{colour % Colours}"));
            for (var i = 0; i < finite.Length; i += stride)
            {
                using var circle = html.Element("circle", ("cx", HtmlWriter.Number(X(finite[i].X))), ("cy", HtmlWriter.Number(Y(finite[i].Y))), ("r", HtmlWriter.Number(radius)));
                if (finite[i].Hint is { } hint) html.Leaf("title", hint);
            }
        }));
        return this;
    }

    /// <summary>Adds a line.</summary>
    /// <param name="name">What the legend calls it; empty for nothing.</param>
    /// <param name="colour">The number of its colour; those beyond the colours are dashed.</param>
    /// <param name="points">The points, left to right; those that are not finite are left out.</param>
    /// <param name="steps">Whether each value holds until the next.</param>
    public Plot Line(string name, int colour, IEnumerable<PlotPoint> points, bool steps = false)
    {
        PlotPoint[] finite = [.. points.Where(IsFinite)];
        if (finite.Length == 0) return this;
        var path = new StringBuilder($"M{Place(finite[0])}");
        for (var i = 1; i < finite.Length; i++)
        {
            if (steps && finite[i].Y == finite[i - 1].Y && i + 1 < finite.Length) continue;
            path.Append(steps ? $"H{HtmlWriter.Number(X(finite[i].X))}V{HtmlWriter.Number(Y(finite[i].Y))}" : $"L{Place(finite[i])}");
        }
        _layers.Add((name, colour, html => html.Empty("path", ("class", $"l{colour % Colours}{(colour >= Colours ? " dashed" : "")}"), ("d", path.ToString()))));
        return this;
    }

    /// <summary>Adds a thin line from corner to corner, where the axes are equal.</summary>
    public Plot Diagonal(string name)
    {
        _layers.Add((name, 7, html => html.Empty("path", ("class", "l7 thin"), ("d", $"M{HtmlWriter.Number(Left)},{HtmlWriter.Number(Height - Bottom)}L{HtmlWriter.Number(Width - Right)},{HtmlWriter.Number(Top)}"))));
        return this;
    }

    protected override void Draw(HtmlWriter html)
    {
        using (html.Element("g", ("class", "grid")))
        {
            foreach (var tick in vertical.Ticks)
            {
                html.Empty("path", ("d", $"M{HtmlWriter.Number(Left)},{HtmlWriter.Number(Y(tick))}H{HtmlWriter.Number(Width - Right)}"));
                Label(html, Left - 6, Y(tick) + 4, vertical.Format(tick), "end");
            }
            foreach (var tick in horizontal.Ticks)
            {
                html.Empty("path", ("d", $"M{HtmlWriter.Number(X(tick))},{HtmlWriter.Number(Height - Bottom)}v4"));
                Label(html, X(tick), Height - Bottom + 17, horizontal.Format(tick), "middle");
            }
        }
        Label(html, (Left + Width - Right) / 2, Height - 8, horizontal.Label, "middle", "axis");
        Label(html, 0, 0, vertical.Label, "middle", "axis", $"translate(13 {HtmlWriter.Number((Top + Height - Bottom) / 2)}) rotate(-90)");
        foreach (var (_, _, draw) in _layers) draw(html);
    }

    private static bool IsFinite(PlotPoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private string Place(PlotPoint point) => $"{HtmlWriter.Number(X(point.X))},{HtmlWriter.Number(Y(point.Y))}";

    private double X(double value) => Left + horizontal.Place(value) * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - vertical.Place(value) * (Height - Top - Bottom);
}
