using Microsoft.ML.Nas.Reports.Charts;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class TraceSection : ReportSection
{
    private const int MostCharts = 12, MostPoints = 80;

    public override string Title => "How probabilities moved";

    public override bool Applies(ReportContent content) => content.Trace.Points.Count > 1 && content.Space is not null && Learned(content).Length > 0;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var points = content.Trace.Points;
        var learned = Learned(content);
        html.Leaf("p", $"The probability that {content.Strategy} gave every option while it learned{(learned.Length > MostCharts ? $", for the {MostCharts} of {learned.Length} decisions whose probabilities moved most" : "")}. Options that end near each other were not told apart.");
        var stride = (points.Count + MostPoints - 1) / MostPoints;
        var shown = points.Where((_, i) => i % stride == 0 || i == points.Count - 1).ToArray();
        var horizontal = Axis.Number("epoch", points[^1].Step);
        using var charts = html.Element("div", ("class", "charts three"));
        foreach (var decision in learned.OrderByDescending(decision => Movement(content, decision)).Take(MostCharts).Order())
        {
            var labels = content.Space!.Decisions[decision].Labels;
            var last = points.Last(point => !point.Probabilities[decision].IsEmpty).Probabilities[decision];
            var strongest = Enumerable.Range(0, labels.Length).MaxBy(option => last[option]);
            var plot = new Plot(content.Space.Decisions[decision].Name, $"“{labels[strongest]}” ends strongest, with a probability of {last[strongest]:0.00}.", horizontal, Axis.Share("probability"));
            for (var option = 0; option < labels.Length; option++)
                plot.Line(labels[option], option, shown.Where(point => !point.Probabilities[decision].IsEmpty).Select(point => new PlotPoint(point.Step, point.Probabilities[decision][option])));
            plot.Write(html);
        }
    }

    private static int[] Learned(ReportContent content) => [.. Enumerable.Range(0, content.Space!.Decisions.Length)
        .Where(decision => content.Trace.Points.Count(point => decision < point.Probabilities.Length && point.Probabilities[decision].Length == content.Space.Decisions[decision].Count) > 1)];

    private static float Movement(ReportContent content, int decision)
    {
        var known = content.Trace.Points.Where(point => !point.Probabilities[decision].IsEmpty).Select(point => point.Probabilities[decision]).ToArray();
        return known[0].Zip(known[^1], static (first, last) => Math.Abs(last - first)).Max();
    }
}
