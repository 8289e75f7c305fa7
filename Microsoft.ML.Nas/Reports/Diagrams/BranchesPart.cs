namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>Parts side by side, which all get the same input and whose outputs come together.</summary>
/// <param name="parts">The parts; one that is null passes its input on.</param>
/// <param name="sign">How the outputs come together.</param>
internal sealed class BranchesPart(IReadOnlyList<DiagramPart?> parts, string sign) : DiagramPart
{
    private const double Gap = 16, Top = 26, Bottom = 40, Straight = 30;

    public override double Width { get; } = parts.Sum(static part => part?.Width ?? Straight) + Gap * (parts.Count - 1);

    public override double Height { get; } = parts.Max(static part => part?.Height ?? 0) + Top + Bottom;

    public override void Draw(HtmlWriter html, double x, double y)
    {
        var (middle, end) = (x + Width / 2, y + Height);
        Wire(html, $"M{At(middle, y)}v10");
        foreach (var part in parts)
        {
            var width = part?.Width ?? Straight;
            var centre = x + width / 2;
            var below = y + Top + (part?.Height ?? 0);
            Wire(html, $"M{At(middle, y + 10)}H{HtmlWriter.Number(centre)}V{HtmlWriter.Number(y + Top - 1)}", arrow: part is not null);
            part?.Draw(html, x, y + Top);
            Wire(html, $"M{At(centre, below)}V{HtmlWriter.Number(end - 26)}H{HtmlWriter.Number(middle)}");
            x += width + Gap;
        }
        Wire(html, $"M{At(middle, end - 26)}v6");
        Join(html, middle, end - 10, sign);
    }
}
