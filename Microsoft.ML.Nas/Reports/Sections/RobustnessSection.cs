namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class RobustnessSection : ReportSection
{
    public override string Title => "Robustness and fairness";

    public override bool Applies(ReportContent content) => content.Robustness is not null;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var (report, metric) = (content.Robustness!, Evaluation.MetricExtensions.DisplayName(content.Metric));
        Note(html, $"All figures are on validation rows; undisturbed, the {metric} is {Figures.Metric(report.Metric)}.{(report.WasCancelled ? " The search was cancelled before all was measured." : "")}");
        using (html.Element("div", ("class", "columns even")))
        {
            if (report.LabelNoise.Count > 0)
                Part(html, $"{metric} after training with wrong labels", ["wrong labels", $"#{metric}", "#change"],
                    report.LabelNoise.Select(noise => (string[])[Figures.Percent(noise.Strength), Figures.Metric(noise.Metric), Change(noise.Metric, report.Metric)]));
            if (report.FeatureNoise.Count > 0)
                Part(html, $"{metric} on noisy features", ["noise, in standard deviations", $"#{metric}", "#change"],
                    report.FeatureNoise.Select(noise => (string[])[$"{noise.Strength:0.###}", Figures.Metric(noise.Metric), Change(noise.Metric, report.Metric)]));
            if (report.Shift.Count > 0)
                Part(html, $"{metric} on slices of {report.ShiftColumn} that training has seen and has not seen", ["slice", "#rows", "#seen", "#unseen", "#change"],
                    report.Shift.Select(slice => (string[])[slice.Slice, Figures.Count(slice.Rows), Figures.Metric(slice.Seen), Figures.Metric(slice.Unseen), Change(slice.Unseen, slice.Seen)]));
        }
        if (report.Fairness is { } fairness) Write(html, fairness, metric);
    }

    private static void Write(HtmlWriter html, FairnessReport fairness, string metric)
    {
        var binary = double.IsFinite(fairness.DemographicParityDifference);
        Table(html, $"Groups of {fairness.Column}",
            ["group", "#rows", $"#{metric}", .. binary ? (string[])["#predicted positive", "#positives recognised", "#negatives taken for positive"] : []],
            fairness.Groups.Select(group => (string[])[group.Group, Figures.Count(group.Rows), Figures.Metric(group.Metric),
                .. binary ? (string[])[Figures.Percent(group.SelectionRate), Figures.Percent(group.TruePositiveRate), Figures.Percent(group.FalsePositiveRate)] : []]));
        html.Leaf("p", $"Between the groups that differ most, the {metric} differs by {Figures.Metric(fairness.MetricDifference)}"
            + (binary ? $"; the demographic parity difference is {fairness.DemographicParityDifference:0.000}, the equal opportunity difference {fairness.EqualOpportunityDifference:0.000} and the equalized odds difference {fairness.EqualizedOddsDifference:0.000} (0 is equal treatment)." : "."));
    }

    private static void Part(HtmlWriter html, string caption, string[] headings, IEnumerable<string[]> rows)
    {
        using var part = html.Element("div");
        Table(html, caption, headings, rows);
    }

    private static string Change(double value, double from) => double.IsFinite(value - from) ? (value - from).ToString("+0.0000;−0.0000;0") : "–";
}
