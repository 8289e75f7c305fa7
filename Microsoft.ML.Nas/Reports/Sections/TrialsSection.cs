using System.Globalization;
using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class TrialsSection : ReportSection
{
    /// <summary>So many characters of options are written; trials beyond hold their architecture's id alone, so that the file stays small.</summary>
    private const int MostCharacters = 900_000;

    private const int MostTrials = 5000;

    public override string Title => "Trials";

    public override bool Applies(ReportContent content) => content.Trials.Count > 0;

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var trials = content.Trials;
        if (trials.Count > MostTrials)
        {
            trials = [.. trials.OrderByDescending(trial => trial.IsComplete ? content.Metric.AsReward(trial.Metric) : double.NegativeInfinity).Take(MostTrials).OrderBy(static trial => trial.Number)];
            Note(html, $"The best {Figures.Count(MostTrials)} of {Figures.Count(content.Trials.Count)} trials.");
        }
        using var scroll = html.Element("div", ("class", "scroll tall"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Trials"));
        using var table = html.Element("table", ("class", "trials"));
        html.Leaf("caption", "Click a heading to sort");
        using (html.Element("thead"))
        using (html.Element("tr"))
            foreach (var heading in (string[])["#trial", "architecture", "state", $"#{content.Metric.DisplayName()}", "#loss", "#parameters", "#multiply-adds", "#epochs", "#seconds", "origin", "options"])
            {
                using var head = html.Element("th", ("scope", "col"), ("class", heading.StartsWith('#') ? "n" : null));
                html.Leaf("button", heading.TrimStart('#'), ("type", "button"));
            }
        var characters = 0;
        using var body = html.Element("tbody");
        foreach (var trial in trials)
        {
            using var row = html.Element("tr");
            Number(html, trial.Number, $"{trial.Number}");
            html.Leaf("td", trial.ArchitectureId, ("class", "code"));
            html.Leaf("td", trial.State.ToString().ToLowerInvariant());
            Number(html, trial.Metric, Figures.Metric(trial.Metric));
            Number(html, trial.Loss, Figures.Metric(trial.Loss));
            Number(html, trial.Cost.Parameters, Figures.Short(trial.Cost.Parameters));
            Number(html, trial.Cost.Macs, Figures.Short(trial.Cost.Macs));
            Number(html, trial.Epochs, $"{trial.Epochs}");
            Number(html, trial.Seconds, trial.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
            html.Leaf("td", trial.Origin);
            var options = trial.FailureReason ?? string.Join(", ", trial.Decisions.Select(static pair => $"{pair.Key}={pair.Value}"));
            characters += options.Length;
            html.Leaf("td", characters <= MostCharacters ? options : "", ("class", "options"));
        }
    }

    /// <summary>A number as people read it, and as the table sorts it where that differs.</summary>
    private static void Number(HtmlWriter html, double value, string text)
    {
        var sorted = double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "-Infinity";
        html.Leaf("td", text, ("class", "n"), ("data-v", sorted == text ? null : sorted));
    }
}
