namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class CostSection : ReportSection
{
    public override string Title => "Cost and settings";

    public override bool Applies(ReportContent content) => content.Figures.Count > 0;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        using var columns = html.Element("div", ("class", "columns even"));
        if (content.Cost is { } cost)
        {
            using var part = html.Element("div");
            Table(html, content.Found.Count > 1 ? "The model, per row; its networks added up" : "The model, per row", ["what", "#value"],
            [
                ["parameters", Figures.Count(cost.Parameters)],
                ["size of the parameters, float32", $"{Figures.Short(cost.Parameters * 4.0)} bytes"],
                ["multiply-adds", Figures.Count(cost.Macs)],
                ["outputs of all layers", $"{Figures.Short(cost.ActivationBytes)} bytes"],
            ]);
        }
        using var search = html.Element("div");
        Table(html, "The search", ["what", "#value"], content.Figures.Select(static figure => (string[])[figure.Name, figure.Value]));
    }
}
