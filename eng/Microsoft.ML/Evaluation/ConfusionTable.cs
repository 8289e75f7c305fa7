using System;
using System.Linq;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as a table, laid out as the real library prints it.</summary>
internal static class ConfusionTable
{
    private const int TitleWidth = 9;

    public static string Format(ConfusionMatrix matrix, string[] names, bool isBinary)
    {
        var classes = names.Length;
        var width = classes == 2 ? 8 : 5;
        var longest = names.Max(name => name.Length);
        // Names that do not fit a column are numbered, and the numbers head the columns.
        var numbered = longest > width;
        var digits = numbered ? (classes - 1).ToString().Length : 0;
        var padding = Math.Max(TitleWidth, longest + (numbered ? digits + 2 : 0));
        var rule = string.Concat(Enumerable.Repeat(classes > 2 ? "========" : "===========", classes));
        string Head(string title) => $"{title.PadRight(TitleWidth)} {new string(' ', padding - TitleWidth)}||";
        string RowName(int i) => numbered
            ? $"{i.ToString().PadLeft(digits)}. {names[i].PadLeft(padding - digits - 2)} ||"
            : $"{names[i].PadLeft(padding)} ||";

        var table = new StringBuilder();
        if (isBinary)
            table.Append(Ratio(matrix, names[0]));
        table.AppendLine().AppendLine("Confusion table");
        table.Append(Head("")).AppendLine(rule);
        table.Append(Head("PREDICTED"));
        for (var i = 0; i < classes; i++)
            table.Append($" {(numbered ? i.ToString() : names[i]).PadLeft(width)} |");
        table.AppendLine(" Recall");
        table.Append(Head("TRUTH")).AppendLine(rule);
        for (var i = 0; i < classes; i++)
        {
            table.Append(RowName(i));
            foreach (var count in matrix.Counts[i])
                table.Append($" {count.ToString("N0").PadLeft(width)} |");
            table.AppendLine($" {matrix.PerClassRecall[i],5:F4}");
        }

        table.Append(Head("")).AppendLine(rule);
        table.Append(Head("Precision"));
        foreach (var precision in matrix.PerClassPrecision)
            table.Append($"{precision.ToString("N4").PadLeft(width + 1)} |");
        return table.AppendLine().ToString();
    }

    private static string Ratio(ConfusionMatrix matrix, string positive)
    {
        var positives = matrix.Counts[0].Sum();
        var negatives = matrix.Counts[1].Sum();
        return $"TEST {positive.ToUpperInvariant()} RATIO:\t{positives / (positives + negatives):N4} ({positives:F1}/({positives:F1}+{negatives:F1}))";
    }
}
