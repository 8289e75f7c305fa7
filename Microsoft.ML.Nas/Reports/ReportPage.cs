using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Nas.Reports.Diagrams;
using Microsoft.ML.Nas.Reports.Sections;

namespace Microsoft.ML.Nas.Reports;

/// <summary>Puts a report together: one HTML file that asks nothing of any network, and whose own policy forbids it.</summary>
internal static class ReportPage
{
    private static readonly ReportSection[] Sections =
    [
        new SummarySection(), new ArchitectureSection(), new ProgressSection(), new ParetoSection(), new ImportanceSection(), new TraceSection(), new SharedWeightsSection(),
        new ClassificationSection(), new RegressionSection(), new RobustnessSection(), new CostSection(), new ManifestSection(), new TrialsSection(),
    ];

    private static readonly ReportSection[] LiveSections = [new LiveSection(), new SummarySection(), new ProgressSection(), new ParetoSection(), new TrialsSection()];

    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");
    private static readonly string LiveScript = Resource("live.js");

    /// <summary>Writes a report as UTF-8.</summary>
    public static void Write(Stream stream, ReportContent content) => Write(stream, content, Sections, [Script], "");

    /// <summary>Writes a page that asks the place it came from for itself again, and shows what is new.</summary>
    public static void WriteLive(Stream stream, ReportContent content) => Write(stream, content, LiveSections, [Script, LiveScript], "; connect-src 'self'");

    private static void Write(Stream stream, ReportContent content, ReportSection[] sections, string[] scripts, string allowed)
    {
        using var html = new HtmlWriter(stream);
        html.DocType();
        using var root = html.Element("html", ("lang", "en"));
        using (html.Element("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{Hash(Style)}'; script-src {string.Join(' ', scripts.Select(static script => $"'sha256-{Hash(script)}'"))}{allowed}"));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Leaf("title", content.Title);
            using (html.Element("style")) html.Raw(Style);
        }
        using var body = html.Element("body");
        ArchitectureDiagram.WriteArrow(html);
        var shown = sections.Where(section => section.Applies(content)).ToArray();
        using (html.Element("header"))
        {
            html.Leaf("h1", content.Title);
            using var navigation = html.Element("nav", ("aria-label", "Sections"));
            for (var i = 0; i < shown.Length; i++) html.Leaf("a", shown[i].Title, ("href", $"#s{i}"));
        }
        using (html.Element("main"))
            for (var i = 0; i < shown.Length; i++)
            {
                using var section = html.Element("section", ("id", $"s{i}"), ("aria-labelledby", $"h{i}"));
                html.Leaf("h2", shown[i].Title, ("id", $"h{i}"));
                shown[i].Write(html, content);
            }
        foreach (var script in scripts)
            using (html.Element("script")) html.Raw(script);
    }

    private static string Hash(string content) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
