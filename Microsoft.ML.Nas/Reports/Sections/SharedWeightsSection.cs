using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Reports.Charts;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class SharedWeightsSection : ReportSection
{
    public override string Title => "Shared weights against training alone";

    public override bool Applies(ReportContent content) => Ranked(content).Skip(2).Any();

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var trials = Ranked(content).ToArray();
        double[] shared = [.. trials.Select(static trial => trial.SharedLoss!.Value)], alone = [.. trials.Select(static trial => trial.Loss)];
        var (kendall, spearman) = (RankCorrelation.Kendall(shared, alone), RankCorrelation.Spearman(shared, alone));
        html.Leaf("p", $"How the supernet ranks {trials.Length} architectures, and how training each alone ranks them: Kendall’s τ {kendall:0.00}, Spearman’s ρ {spearman:0.00} (1 is the same ranking, 0 none).{(trials.Length < 10 ? " With so few architectures this is rough." : "")}");
        using var charts = html.Element("div", ("class", "charts"));
        new Plot("Loss with shared weights and alone", $"Kendall’s τ is {kendall:0.00} over {trials.Length} architectures.",
                Axis.Linear("loss with shared weights", shared), Axis.Linear("loss after training alone", alone))
            .Points("", 0, trials.Select(static trial => new PlotPoint(trial.SharedLoss!.Value, trial.Loss, $"trial {trial.Number}")))
            .Write(html);
    }

    private static IEnumerable<ReportTrial> Ranked(ReportContent content) => content.Complete.Where(static trial => trial.SharedLoss is { } loss && double.IsFinite(loss) && double.IsFinite(trial.Loss));
}
