using Microsoft.ML.Nas.Reports.Charts;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class RegressionSection : ReportSection
{
    private const int MostPoints = 1000, HistogramBars = 11;

    public override string Title => "What the model gets wrong";

    public override bool Applies(ReportContent content) => content is { Validation.Labels.Length: > 0, Target.Task: LearningTask.Regression };

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var (predicted, labels) = (content.Validation!.Predictions.Values, content.Validation.Labels);
        var errors = labels.Zip(predicted, static (label, prediction) => (double)prediction - label).ToArray();
        var sizes = errors.Select(Math.Abs).Order().ToArray();
        double Size(double share) => sizes[(int)(share * (sizes.Length - 1))];
        Note(html, $"On {Figures.Count(labels.Length)} validation rows that the measured weights were not trained on, in the label’s unit.");
        using (html.Element("div", ("class", "charts")))
        {
            var stride = (labels.Length + MostPoints - 1) / MostPoints;
            double[] ends = [labels.Min(), labels.Max(), predicted.Min(), predicted.Max()];
            new Plot("Predicted and true", $"Half of the predictions are less than {Figures.Short(Size(0.5))} off.", Axis.Linear("true", ends), Axis.Linear("predicted", ends))
                .Points("rows", 0, Enumerable.Range(0, (labels.Length + stride - 1) / stride).Select(i => new PlotPoint(labels[i * stride], predicted[i * stride])), 2)
                .Diagonal("perfect")
                .Write(html);
            new BarChart("Errors, predicted − true", $"Nine in ten errors are smaller than {Figures.Short(Size(0.9))}.", Histogram(errors, Size(0.99)), static count => Figures.Count((long)count)).Write(html);
        }
        Table(html, "Size of the errors", ["share of the rows", "#error at most"],
            new[] { 0.5, 0.75, 0.9, 0.95, 0.99, 1 }.Select(share => (string[])[Figures.Percent(share), Figures.Short(Size(share))]));
    }

    private static (string, double)[] Histogram(double[] errors, double reach)
    {
        if (reach <= 0) reach = 1;
        var width = 2 * reach / HistogramBars;
        var counts = errors.CountBy(error => Math.Clamp((int)Math.Floor((error + reach) / width), 0, HistogramBars - 1)).ToDictionary();
        return [.. Enumerable.Range(0, HistogramBars).Select(bar => (
            bar == 0 ? $"below {Figures.Short(-reach + width)}" : bar == HistogramBars - 1 ? $"from {Figures.Short(reach - width)}" : $"{Figures.Short(-reach + bar * width)} to {Figures.Short(-reach + (bar + 1) * width)}",
            (double)counts.GetValueOrDefault(bar)))];
    }
}
