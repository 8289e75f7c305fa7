namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>One operation: its name, and below it what is known of it.</summary>
internal sealed class BoxPart(string name, string details = "", string style = "op") : DiagramPart
{
    private const int MostCharacters = 42;

    public override double Width => Math.Max(96, 24 + 8 * Math.Max(Math.Min(name.Length, MostCharacters), 0.84 * Math.Min(details.Length, MostCharacters)));

    public override double Height => details.Length > 0 ? 42 : 28;

    public override void Draw(HtmlWriter html, double x, double y)
    {
        using var group = html.Element("g");
        if (name.Length > MostCharacters || details.Length > MostCharacters) html.Leaf("title", $"{name} {details}");
        Box(html, x, y, Width, Height, style);
        Text(html, x + Width / 2, y + 18, Figures.Cut(name, MostCharacters), "name");
        if (details.Length > 0) Text(html, x + Width / 2, y + 34, Figures.Cut(details, MostCharacters), "detail");
    }
}
