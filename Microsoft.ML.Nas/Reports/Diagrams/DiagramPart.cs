namespace Microsoft.ML.Nas.Reports.Diagrams;

/// <summary>A part of an architecture's picture. Values flow in at the middle of its top and out at the middle of its bottom.</summary>
internal abstract class DiagramPart
{
    public abstract double Width { get; }

    public abstract double Height { get; }

    /// <summary>Draws the part with its upper left corner at a place.</summary>
    public abstract void Draw(HtmlWriter html, double x, double y);

    protected static void Wire(HtmlWriter html, string path, bool arrow = false) =>
        html.Empty("path", ("class", "wire"), ("d", path), ("marker-end", arrow ? "url(#arrow)" : null));

    protected static string At(double x, double y) => $"{HtmlWriter.Number(x)},{HtmlWriter.Number(y)}";

    protected static void Text(HtmlWriter html, double x, double y, string text, string? style = null, string? anchor = "middle") =>
        html.Leaf("text", text, ("x", HtmlWriter.Number(x)), ("y", HtmlWriter.Number(y)), ("text-anchor", anchor), ("class", style));

    protected static void Box(HtmlWriter html, double x, double y, double width, double height, string style, double radius = 6) => html.Empty("rect", ("class", style),
        ("x", HtmlWriter.Number(x)), ("y", HtmlWriter.Number(y)), ("width", HtmlWriter.Number(width)), ("height", HtmlWriter.Number(height)), ("rx", HtmlWriter.Number(radius)));

    /// <summary>A circle with a sign in it, where values come together.</summary>
    protected static void Join(HtmlWriter html, double x, double y, string sign)
    {
        html.Empty("circle", ("class", "join"), ("cx", HtmlWriter.Number(x)), ("cy", HtmlWriter.Number(y)), ("r", "9"));
        Text(html, x, y + 5, sign, "sign");
    }
}
