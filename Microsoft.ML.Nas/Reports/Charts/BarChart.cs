namespace Microsoft.ML.Nas.Reports.Charts;

/// <summary>Horizontal bars, each with its name above it, so that long names fit.</summary>
/// <param name="title">What the chart shows.</param>
/// <param name="description">What can be seen in it.</param>
/// <param name="bars">The bars, first on top; values from 0.</param>
/// <param name="format">How a value is written.</param>
/// <param name="most">The value of a bar over the whole width; null for the largest value.</param>
internal sealed class BarChart(string title, string description, IReadOnlyList<(string Name, double Value)> bars, Func<double, string> format, double? most = null) : Chart(title, description)
{
    private const double Row = 34;
    private const double ValueWidth = 64;

    protected override double Height => bars.Count * Row + 4;

    protected override void Draw(HtmlWriter html)
    {
        var largest = Math.Max(1e-12, most ?? bars.Select(static bar => bar.Value).DefaultIfEmpty(0).Max());
        for (var i = 0; i < bars.Count; i++)
        {
            var (name, value) = bars[i];
            var length = Math.Max(1, Math.Clamp(value / largest, 0, 1) * (Width - ValueWidth));
            using (html.Element("text", ("x", "0"), ("y", HtmlWriter.Number(i * Row + 13))))
            {
                html.Text(Figures.Cut(name, 56));
                if (name.Length > 56) html.Leaf("title", name);
            }
            html.Empty("rect", ("class", "p0 bar"), ("x", "0"), ("y", HtmlWriter.Number(i * Row + 18)), ("width", HtmlWriter.Number(length)), ("height", "10"), ("rx", "2"));
            Label(html, length + 6, i * Row + 27.5, format(value));
        }
    }
}
