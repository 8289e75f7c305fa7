using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Reports.Charts;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class ProgressSection : ReportSection
{
    public override string Title => "Progress";

    public override bool Applies(ReportContent content) => content.Complete.Any();

    public override void Write(HtmlWriter html, ReportContent content)
    {
        ReportTrial[] complete = [.. content.Complete], baseline = [.. content.Baseline.Where(static trial => trial.IsComplete)];
        var vertical = MetricAxis.Of(content.Metric, complete.Concat(baseline).Select(static trial => trial.Metric), out var beyond);
        using (html.Element("div", ("class", "charts")))
        {
            Draw("by trial", Axis.Number("trial", complete.Concat(baseline).Max(static trial => trial.Number)), static trials => [.. trials.Select(static trial => (double)trial.Number)]);
            var spent = Spent(complete).Concat(Spent(baseline)).ToArray();
            Draw("by time", Axis.Linear("seconds spent on trials", [0, spent.Max()]), Spent);
        }
        if (beyond > 0) Note(html, $"{beyond} trials are far worse than the others and lie at the charts’ edge.");
        if (baseline.Length == 0) Note(html, "Random search was not run beside this search, so that there is no baseline to compare with.");

        void Draw(string by, Axis horizontal, Func<ReportTrial[], double[]> places)
        {
            var best = complete.MaxBy(trial => content.Metric.AsReward(trial.Metric))!;
            var plot = new Plot($"{content.Metric.DisplayName()} {by}", $"{complete.Length} trials; the best, number {best.Number}, reached {Figures.Metric(best.Metric)}.", horizontal, vertical);
            var (at, baselineAt) = (places(complete), places(baseline));
            plot.Points("trials", 7, complete.Select((trial, i) => new PlotPoint(at[i], trial.Metric, $"trial {trial.Number}: {Figures.Metric(trial.Metric)} ({trial.Origin})")), complete.Length > 300 ? 2 : 3);
            plot.Line("random search, best so far", 1, BestSoFar(baseline, baselineAt, content.Metric), steps: true);
            plot.Line("best so far", 0, BestSoFar(complete, at, content.Metric), steps: true).Write(html);
        }
    }

    private static double[] Spent(ReportTrial[] trials)
    {
        var sum = 0.0;
        return [.. trials.Select(trial => sum += trial.Seconds)];
    }

    private static IEnumerable<PlotPoint> BestSoFar(ReportTrial[] trials, double[] places, SearchMetric metric)
    {
        var best = double.NaN;
        for (var i = 0; i < trials.Length; i++)
        {
            if (double.IsNaN(best) || metric.AsReward(trials[i].Metric) > metric.AsReward(best)) best = trials[i].Metric;
            yield return new(places[i], best);
        }
    }
}
