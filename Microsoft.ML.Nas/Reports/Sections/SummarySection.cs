using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class SummarySection : ReportSection
{
    public override string Title => "Summary";

    public override bool Applies(ReportContent content) => true;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var metric = content.Metric.DisplayName();
        var complete = content.Complete.Count();
        var failed = content.Trials.Count(static trial => trial.State == TrialState.Failed);
        html.Leaf("p", content.Found.Count == 0
            ? $"{content.Strategy} has tried {Figures.Count(content.Trials.Count)} architectures so far."
            : $"{content.Strategy} tried {Figures.Count(content.Trials.Count)} of {content.Space!.Size:N0} architectures of the space “{content.Space.Name}” and chose {string.Join(", ", content.Found.Select(static found => found.Id))}{(content.Found.Count > 1 ? ", whose answers are averaged" : "")}.");
        using var tiles = html.Element("dl", ("class", "tiles"));
        if (content.FinalMetric is { } final) Tile(html, $"{metric} on validation rows", Figures.Metric(final));
        if (Best(content) is { } best) Tile(html, content.FinalMetric is null ? $"best {metric} so far" : $"best trial’s {metric}", Figures.Metric(best.Metric));
        if (content.Baseline.Where(static trial => trial.IsComplete).Select(trial => content.Metric.AsReward(trial.Metric)).DefaultIfEmpty(double.NaN).Max() is var baseline && double.IsFinite(baseline))
            Tile(html, $"random search’s best {metric}", Figures.Metric(content.Metric.HigherIsBetter() ? baseline : -baseline));
        if (content.Cost is { } cost)
        {
            Tile(html, "parameters", Figures.Short(cost.Parameters));
            Tile(html, "multiply-adds a row", Figures.Short(cost.Macs));
        }
        Tile(html, "trials measured in full", Figures.Count(complete));
        if (failed > 0) Tile(html, "trials failed", Figures.Count(failed));
    }

    private static ReportTrial? Best(ReportContent content) => content.Complete.MaxBy(trial => content.Metric.AsReward(trial.Metric));

    private static void Tile(HtmlWriter html, string name, string value)
    {
        using var tile = html.Element("div");
        html.Leaf("dt", name);
        html.Leaf("dd", value);
    }
}
