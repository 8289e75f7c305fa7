namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>A part with a way around it, whose input is added to its output.</summary>
internal sealed class ResidualPart(DiagramPart body) : DiagramPart
{
    private const double Side = 26, Top = 14, Bottom = 34;

    public override double Width => body.Width + 2 * Side;

    public override double Height => body.Height + Top + Bottom;

    public override void Draw(HtmlWriter html, double x, double y)
    {
        var (middle, right, end) = (x + Width / 2, x + Width - 8, y + Top + body.Height);
        Wire(html, $"M{At(middle, y)}v{Top}");
        Wire(html, $"M{At(middle, y + 4)}H{HtmlWriter.Number(right - 8)}q8,0 8,8V{HtmlWriter.Number(end + 16)}q0,8 -8,8H{HtmlWriter.Number(middle + 11)}", arrow: true);
        body.Draw(html, x + Side, y + Top);
        Wire(html, $"M{At(middle, end)}v13", arrow: true);
        Join(html, middle, end + 24, "+");
    }
}
