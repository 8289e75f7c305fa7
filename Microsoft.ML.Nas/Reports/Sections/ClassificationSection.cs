using Microsoft.ML.Nas.Reports.Charts;
using Microsoft.ML.Nas.Reports.Statistics;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class ClassificationSection : ReportSection
{
    /// <summary>More classes than these are no picture any more.</summary>
    private const int MostClassesDrawn = 40;

    private const int MostRows = 100, MostPairs = 10;

    public override string Title => "What the model gets wrong";

    public override bool Applies(ReportContent content) => content is { Validation.Labels.Length: > 0, Target.Task: not LearningTask.Regression };

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var answers = content.Validation!;
        var (matrix, calibration) = (ConfusionMatrix.Of(answers), Calibration.Of(answers));
        string[] names = [.. Enumerable.Range(0, matrix.Classes).Select(index => index < content.ClassNames.Count ? content.ClassNames[index] : $"{index}")];
        Note(html, $"On {(content.Target!.Task == LearningTask.SequenceLabeling ? $"{Figures.Count(answers.Known().Count())} tokens of {Figures.Count(answers.Rows)}" : Figures.Count(answers.Rows))} validation rows that the measured weights were not trained on{(answers.Weights is null ? "" : ", each counted by its weight")}.");
        using (html.Element("div", ("class", "charts")))
        {
            if (matrix.Classes <= MostClassesDrawn)
                new HeatMap("Confusion", $"Rows are the true classes, columns what the model takes them for. {WorstPair(matrix, names)}", ("true class ↓", "taken for →"), names, (actual, predicted) => Cell(matrix, names, actual, predicted)).Write(html);
            DrawCalibration(html, content, calibration);
        }
        Table(html, matrix.Classes > MostRows ? $"Classes, the {MostRows} with the worst recall of {matrix.Classes}" : "Classes", ["class", "#rows", "#recall", "#precision"],
            Enumerable.Range(0, matrix.Classes).OrderBy(index => matrix.Classes > MostRows ? matrix.Recall(index) : index).Take(MostRows)
                .Select(index => (string[])[names[index], matrix.Of(index).ToString("#,0.#"), Figures.Percent(matrix.Recall(index)), Figures.Percent(matrix.Precision(index))]));
        if (matrix.Classes <= 2) return;
        var pairs = Pairs(matrix).Take(MostPairs).ToArray();
        if (pairs.Length > 0)
            Table(html, "Classes taken for each other most often", ["true class", "taken for", "#rows", "#share of the class"],
                pairs.Select(pair => (string[])[names[pair.Actual], names[pair.Predicted], matrix[pair.Actual, pair.Predicted].ToString("#,0.#"), Figures.Percent(matrix[pair.Actual, pair.Predicted] / matrix.Of(pair.Actual))]));
    }

    private static void DrawCalibration(HtmlWriter html, ReportContent content, Calibration calibration)
    {
        var said = content.Target!.Outputs == 1 ? $"probability of “{(content.ClassNames.Count > 1 ? Figures.Cut(content.ClassNames[1], 24) : "1")}”" : "probability of the class it chooses";
        new Plot($"Calibration: expected error {Figures.Percent(calibration.ExpectedError)}", $"{calibration.Bins.Count} ranges of probability. Points on the diagonal mean what they say. The expected calibration error (Naeini 2015) is {Figures.Percent(calibration.ExpectedError)}.",
                Axis.Share(said), Axis.Share("share that is true"))
            .Diagonal("perfect")
            .Line("model", 0, calibration.Bins.Select(static bin => new PlotPoint(bin.Said, bin.True)))
            .Points("", 0, calibration.Bins.Select(static bin => new PlotPoint(bin.Said, bin.True, $"says {bin.Said:0.00}, true {bin.True:0.00}, {Figures.Percent(bin.Share)} of the rows")), 4)
            .Write(html);
    }

    private static (double, string, string) Cell(ConfusionMatrix matrix, string[] names, int actual, int predicted)
    {
        var (count, of) = (matrix[actual, predicted], matrix.Of(actual));
        return (of > 0 ? count / of : 0, count.ToString("#,0.#"), $"{names[actual]} taken for {names[predicted]}: {count:#,0.#} ({Figures.Percent(of > 0 ? count / of : 0)})");
    }

    private static IEnumerable<(int Actual, int Predicted)> Pairs(ConfusionMatrix matrix) =>
        from actual in Enumerable.Range(0, matrix.Classes)
        from predicted in Enumerable.Range(0, matrix.Classes)
        where actual != predicted && matrix[actual, predicted] > 0
        orderby matrix[actual, predicted] descending
        select (actual, predicted);

    private static string WorstPair(ConfusionMatrix matrix, string[] names) =>
        Pairs(matrix).Select(pair => $"Most often “{names[pair.Actual]}” is taken for “{names[pair.Predicted]}”.").FirstOrDefault("No row is taken for another class.");
}
