using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Reports.Charts;
using Microsoft.ML.Nas.Reports.Statistics;

namespace Microsoft.ML.Nas.Reports.Sections;

internal sealed class ImportanceSection : ReportSection
{
    private const int LeastTrials = 10, RoughBelow = 50, MostBars = 15, MostTables = 4;

    /// <summary>Values further below the median than so many interquartile ranges count as if they were there: a failed training says little about a decision.</summary>
    private const double Fence = 3;

    private const string Inactive = "(does not matter)";

    public override string Title => "What mattered";

    public override bool Applies(ReportContent content) => content.Complete.Any();

    public override void Write(HtmlWriter html, ReportContent content)
    {
        var complete = content.Complete.ToArray();
        var (names, labels, table) = Encode(complete, content.Metric);
        if (complete.Length < LeastTrials || names.Length == 0)
        {
            Note(html, names.Length == 0
                ? "All trials took the same options, so that nothing can be said about them."
                : $"Only {complete.Length} trials were measured; at least {LeastTrials} are needed to tell what mattered.");
            return;
        }
        // Larger leaves average out the chance that is in every trial.
        var anova = FunctionalAnova.Run(table, new() { LeastRowsPerLeaf = Math.Max(2, complete.Length / 100) });
        var order = Enumerable.Range(0, names.Length).OrderByDescending(feature => anova.MainEffects[feature]).ToArray();
        html.Leaf("p", $"The share of the difference in {content.Metric.DisplayName()} between architectures that each decision explains on its own: main effects of a functional ANOVA on a random forest (Hutter, Hoos and Leyton-Brown 2014) over {complete.Length} trials. What is missing to 100 % is interaction of decisions, and chance.");
        Note(html, $"{(complete.Length < RoughBelow ? $"With only {complete.Length} trials this is rough. " : "")}{Trust(anova.UnseenRSquared)}");
        using (html.Element("div", ("class", "columns even")))
        {
            new BarChart($"Decisions{(order.Length > MostBars ? $", the {MostBars} that matter most of {order.Length}" : "")}", $"“{names[order[0]]}” matters most and explains {Figures.Percent(anova.MainEffects[order[0]])}.",
                [.. order.Take(MostBars).Select(feature => (names[feature], anova.MainEffects[feature]))], Figures.Percent).Write(html);
            using var tables = html.Element("div");
            foreach (var feature in order.Take(MostTables))
                Table(html, names[feature], ["option", $"#mean {content.Metric.DisplayName()}", "#trials"], Enumerable.Range(0, labels[feature].Count).OrderByDescending(option => anova.Means[feature][option])
                    .Select(option => (string[])[labels[feature][option], Figures.Metric(content.Metric.AsReward(anova.Means[feature][option])), $"{table.Codes.Count(codes => codes[feature] == option)}"]));
        }
    }

    private static string Trust(double rSquared) => double.IsNaN(rSquared) || rSquared <= 0
        ? "The forest predicts trials that it has not seen no better than their mean does: take the shares as a hint at most."
        : $"The forest explains {Figures.Percent(rSquared)} of the variance of trials that it has not seen.";

    private static (string[] Names, List<string>[] Labels, CategoryTable Table) Encode(ReportTrial[] trials, SearchMetric metric)
    {
        var decisions = trials.Select(static trial => trial.Decisions.ToDictionary()).ToArray();
        // A decision that always went the same way tells nothing apart.
        var names = decisions.SelectMany(static taken => taken.Keys).Distinct()
            .Where(name => decisions.Select(taken => taken.GetValueOrDefault(name, Inactive)).Distinct().Skip(1).Any()).ToArray();
        var labels = names.Select(static _ => new List<string>()).ToArray();
        var codes = decisions.Select(taken => names.Select((name, feature) =>
        {
            var label = taken.GetValueOrDefault(name, Inactive);
            var code = labels[feature].IndexOf(label);
            if (code >= 0) return code;
            labels[feature].Add(label);
            return labels[feature].Count - 1;
        }).ToArray()).ToArray();
        var rewards = trials.Select(trial => metric.AsReward(trial.Metric)).ToArray();
        var sorted = rewards.Order().ToArray();
        double Quantile(double share) => sorted[(int)(share * (sorted.Length - 1))];
        var floor = Quantile(0.5) - Fence * (Quantile(0.75) - Quantile(0.25));
        return (names, labels, new(codes, [.. labels.Select(static options => options.Count)], Array.ConvertAll(rewards, reward => Math.Max(reward, floor))));
    }
}
