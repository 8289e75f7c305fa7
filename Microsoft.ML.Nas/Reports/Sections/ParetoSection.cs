using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Reports.Charts;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class ParetoSection : ReportSection
{
    private const int MostRows = 20;

    public override string Title => "What accuracy costs";

    public override bool Applies(ReportContent content) => content.Complete.Skip(1).Any();

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var metric = content.Metric;
        var complete = content.Complete.ToArray();
        var vertical = MetricAxis.Of(metric, complete.Select(static trial => trial.Metric), out _);
        using (html.Element("div", ("class", "charts")))
        {
            Draw("parameters", static trial => trial.Cost.Parameters);
            Draw("multiply-adds a row", static trial => trial.Cost.Macs);
        }
        var front = Front(complete, metric, static trial => trial.Cost.Macs);
        Table(html, $"The best {metric.DisplayName()} for so many multiply-adds{(front.Count > MostRows ? $", the best {MostRows} of {front.Count}" : "")}",
            ["architecture", "#trial", $"#{metric.DisplayName()}", "#multiply-adds", "#parameters"],
            front.TakeLast(MostRows).Select(static trial => (string[])[trial.ArchitectureId, $"{trial.Number}", Figures.Metric(trial.Metric), Figures.Count(trial.Cost.Macs), Figures.Count(trial.Cost.Parameters)]));

        void Draw(string unit, Func<ReportTrial, long> cost)
        {
            var best = Front(complete, metric, cost);
            var found = content.Found.Select(static architecture => architecture.Id).ToHashSet();
            PlotPoint Point(ReportTrial trial) => new(cost(trial), trial.Metric, $"{trial.ArchitectureId}: {Figures.Metric(trial.Metric)}, {Figures.Count(cost(trial))} {unit}");
            new Plot($"{metric.DisplayName()} and {unit}", $"Of {complete.Length} trials {best.Count} are on the Pareto front, from {Figures.Metric(best[0].Metric)} at {Figures.Count(cost(best[0]))} to {Figures.Metric(best[^1].Metric)} at {Figures.Count(cost(best[^1]))}.",
                    Axis.Logarithmic(unit, complete.Select(trial => (double)cost(trial))), vertical)
                .Points("trials", 7, complete.Select(Point), complete.Length > 300 ? 2 : 3)
                .Line("Pareto front", 1, best.Select(Point), steps: true)
                .Points("", 1, best.Select(Point))
                .Points("chosen", 0, complete.Where(trial => found.Contains(trial.ArchitectureId)).Select(Point), 5)
                .Write(html);
        }
    }

    /// <summary>The trials of which none is as cheap and better, cheapest first.</summary>
    internal static IReadOnlyList<ReportTrial> Front(IEnumerable<ReportTrial> trials, SearchMetric metric, Func<ReportTrial, long> cost)
    {
        var front = new List<ReportTrial>();
        foreach (var trial in trials.OrderBy(cost).ThenByDescending(trial => metric.AsReward(trial.Metric)))
            if (front.Count == 0 || metric.AsReward(trial.Metric) > metric.AsReward(front[^1].Metric)) front.Add(trial);
        return front;
    }
}
