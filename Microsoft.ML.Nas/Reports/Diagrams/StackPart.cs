namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>Parts one below the other.</summary>
internal sealed class StackPart(IReadOnlyList<DiagramPart> parts) : DiagramPart
{
    private const double Gap = 18;

    public override double Width { get; } = parts.Select(static part => part.Width).DefaultIfEmpty(0).Max();

    public override double Height { get; } = parts.Sum(static part => part.Height) + Gap * Math.Max(0, parts.Count - 1);

    public override void Draw(HtmlWriter html, double x, double y)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            parts[i].Draw(html, x + (Width - parts[i].Width) / 2, y);
            y += parts[i].Height;
            if (i + 1 < parts.Count) Wire(html, $"M{At(x + Width / 2, y)}v{Gap - 2}", arrow: true);
            y += Gap;
        }
    }
}
