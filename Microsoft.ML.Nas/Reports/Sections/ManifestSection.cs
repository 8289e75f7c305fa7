namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class ManifestSection : ReportSection
{
    public override string Title => "Manifest";

    public override bool Applies(ReportContent content) => content.Manifest is not null;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        using var details = html.Element("details");
        html.Leaf("summary", "All that is needed to repeat the search");
        html.Leaf("pre", content.Manifest!, ("tabindex", "0"));
    }
}
