namespace Microsoft.ML.Nas.Reports.Charts;

/// <summary>A matrix of cells, stronger in colour where the value is larger.</summary>
/// <param name="title">What the chart shows.</param>
/// <param name="description">What can be seen in it.</param>
/// <param name="axes">What rows and columns are.</param>
/// <param name="names">What rows, and columns, are called.</param>
/// <param name="cells">For each row and column the strength, 0 to 1, what is written into the cell and what is shown when it is pointed at.</param>
internal sealed class HeatMap(string title, string description, (string Rows, string Columns) axes, IReadOnlyList<string> names, Func<int, int, (double Strength, string Text, string Hint)> cells) : Chart(title, description)
{
    /// <summary>More rows than these have no room for text in their cells.</summary>
    private const int MostWithText = 12;

    private const double Left = 104, Top = 22, Bottom = 76;

    /// <summary>The strongest cell still lets text be read in both modes.</summary>
    private const double Strongest = 0.6;

    private double Cell => Math.Min(64, (Width - Left - 4) / names.Count);

    protected override double Height => Top + Cell * names.Count + Bottom;

    protected override void Draw(HtmlWriter html)
    {
        var (cell, end) = (Cell, Top + Cell * names.Count);
        for (var row = 0; row < names.Count; row++)
        {
            if (HasName(row))
            {
                Label(html, Left - 6, Top + (row + 0.5) * cell + 4, Figures.Cut(names[row], 14), "end");
                Label(html, 0, 0, Figures.Cut(names[row], 12), "end", null, $"translate({HtmlWriter.Number(Left + (row + 0.5) * cell + 4)} {HtmlWriter.Number(end + 10)}) rotate(-40)");
            }
            for (var column = 0; column < names.Count; column++)
            {
                var (strength, text, hint) = cells(row, column);
                using (html.Element("rect", ("class", "cell"), ("x", HtmlWriter.Number(Left + column * cell)), ("y", HtmlWriter.Number(Top + row * cell)),
                    ("width", HtmlWriter.Number(cell)), ("height", HtmlWriter.Number(cell)), ("fill-opacity", Math.Round(Math.Clamp(strength, 0, 1) * Strongest, 2).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture))))
                    html.Leaf("title", hint);
                if (names.Count <= MostWithText) Label(html, Left + (column + 0.5) * cell, Top + (row + 0.5) * cell + 4, text, "middle", "cellText");
            }
        }
        Label(html, Left, 12, axes.Columns, null, "axis");
        Label(html, 0, 12, axes.Rows, null, "axis");
    }

    private bool HasName(int row) => names.Count <= 30 || row % 5 == 0;
}
