namespace Microsoft.ML.Nas.Reports.Sections;

/// <summary>A part of a report.</summary>
internal abstract class ReportSection
{
    /// <summary>Its heading.</summary>
    public abstract string Title { get; }

    /// <summary>Whether enough is known for it.</summary>
    public abstract bool Applies(ReportContent content);

    /// <summary>Writes what follows the heading.</summary>
    public abstract void Write(HtmlWriter html, ReportContent content);

    protected static void Note(HtmlWriter html, string text) => html.Leaf("p", text, ("class", "note"));

    /// <summary>A table with a row of headings; columns whose heading begins with '#' hold numbers.</summary>
    protected static void Table(HtmlWriter html, string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var scroll = html.Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption));
        using var table = html.Element("table");
        html.Leaf("caption", caption);
        using (html.Element("thead"))
        using (html.Element("tr"))
            foreach (var heading in headings) html.Leaf("th", heading.TrimStart('#'), ("scope", "col"), ("class", heading.StartsWith('#') ? "n" : null));
        using var body = html.Element("tbody");
        foreach (var row in rows)
        {
            using var line = html.Element("tr");
            for (var i = 0; i < row.Count; i++) html.Leaf("td", row[i], ("class", headings[i].StartsWith('#') ? "n" : null));
        }
    }
}
