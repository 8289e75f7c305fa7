namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class LiveSection : ReportSection
{
    public override string Title => "Now";

    public override bool Applies(ReportContent content) => content.Progress is not null;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var progress = content.Progress!;
        var phase = progress.Phase switch { SearchPhase.Searching => "Searching", SearchPhase.Training => "Final training", _ => progress.Fraction < 1 ? "Exporting" : "Done" };
        html.Leaf("p", $"{phase}, {Figures.Percent(progress.Fraction)} after {Figures.Seconds(progress.Elapsed.TotalSeconds)}");
        html.Leaf("progress", Figures.Percent(progress.Fraction), ("max", "1"), ("value", progress.Fraction.ToString("0.###")), ("aria-label", phase));
        Note(html, progress.Message);
    }
}
