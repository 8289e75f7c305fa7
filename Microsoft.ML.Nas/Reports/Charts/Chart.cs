namespace Microsoft.ML.Nas.Reports.Charts;

/// <summary>A picture with a caption, a description for those who do not see it, and a legend. Colours are classes, so that they follow the page's mode.</summary>
/// <param name="title">What the chart shows, in a few words.</param>
/// <param name="description">What can be seen in it, in words.</param>
internal abstract class Chart(string title, string description)
{
    /// <summary>The width in user units. The page gives a chart 360 to 590 pixels, so that text stays between 9 and 16 pixels.</summary>
    public const double Width = 460;

    /// <summary>The number of colours; more series than these repeat them with dashes.</summary>
    public const int Colours = 8;

    protected abstract double Height { get; }

    /// <summary>What the colours mean, in order of their number; one or none needs no legend.</summary>
    protected virtual IReadOnlyList<(int Colour, string Name)> Legend => [];

    public void Write(HtmlWriter html)
    {
        using var figure = html.Element("figure");
        html.Leaf("figcaption", title);
        var (titleId, descriptionId) = (html.NewId(), html.NewId());
        using (html.Element("svg", ("viewBox", $"0 0 {HtmlWriter.Number(Width)} {HtmlWriter.Number(Height)}"), ("role", "img"), ("aria-labelledby", $"{titleId} {descriptionId}")))
        {
            html.Leaf("title", title, ("id", titleId));
            html.Leaf("desc", description, ("id", descriptionId));
            Draw(html);
        }
        if (Legend.Count < 2) return;
        using var list = html.Element("ul", ("class", "legend"));
        foreach (var (colour, name) in Legend)
        {
            using var item = html.Element("li");
            html.Leaf("span", "", ("class", $"key k{colour % Colours}{(colour >= Colours ? " dashed" : "")}"));
            html.Text(name);
        }
    }

    protected abstract void Draw(HtmlWriter html);

    protected static void Label(HtmlWriter html, double x, double y, string text, string? anchor = null, string? style = null, string? transform = null) =>
        html.Leaf("text", text, ("x", HtmlWriter.Number(x)), ("y", HtmlWriter.Number(y)), ("text-anchor", anchor), ("class", style), ("transform", transform));
}
