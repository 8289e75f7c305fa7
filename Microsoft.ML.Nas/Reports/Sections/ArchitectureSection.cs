using Microsoft.ML.Nas.Reports.Diagrams;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class ArchitectureSection : ReportSection
{
    public override string Title => "Architecture";

    public override bool Applies(ReportContent content) => content.Found.Count > 0;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        foreach (var found in content.Found)
        {
            using var columns = html.Element("div", ("class", "columns"));
            ArchitectureDiagram.Write(html, found.Tree, content.Input, $"Architecture {found.Id}");
            using var decisions = html.Element("div");
            Table(html, $"Options taken in {found.Id}", ["decision", "option"], found.Decisions.Select(static pair => (string[])[pair.Key, pair.Value]));
        }
    }
}
