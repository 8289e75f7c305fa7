namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>A part in a frame that says what it is, or how often it is there.</summary>
internal sealed class FramePart(string title, DiagramPart body) : DiagramPart
{
    private const double Side = 14, Top = 30, Bottom = 12;

    public override double Width => Math.Max(body.Width, 7.2 * title.Length) + 2 * Side;

    public override double Height => body.Height + Top + Bottom;

    public override void Draw(HtmlWriter html, double x, double y)
    {
        Box(html, x, y, Width, Height, "frame", 8);
        Text(html, x + 10, y + 17, title, "detail", anchor: null);
        var middle = x + Width / 2;
        Wire(html, $"M{At(middle, y)}v{Top}");
        body.Draw(html, x + (Width - body.Width) / 2, y + Top);
        Wire(html, $"M{At(middle, y + Top + body.Height)}v{Bottom}");
    }
}
