using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;
using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas;

/// <summary>
/// How good labels of tokens are. A labelled token without a prediction, since its text was cut, is wrong. Where labels are named <c>B-type</c>, <c>I-type</c> and <c>O</c> there are
/// entities: one is right where its type, its first and its last token are, as in the CoNLL evaluation (Tjong Kim Sang and De Meulder 2003), which takes an I that follows nothing of its type for a B.
/// </summary>
public sealed class SequenceLabelingMetrics
{
    private SequenceLabelingMetrics(IReadOnlyList<(string Label, bool IsRight)> tokens, EntityScores? entities)
    {
        TokenCount = tokens.Count;
        MicroAccuracy = tokens.Count == 0 ? double.NaN : tokens.Average(static token => token.IsRight ? 1.0 : 0);
        MacroAccuracy = tokens.GroupBy(static token => token.Label, static token => token.IsRight ? 1.0 : 0).Select(static label => label.Average()).DefaultIfEmpty(double.NaN).Average();
        (EntityPrecision, EntityRecall, EntityF1) = entities is { } scores ? (scores.Precision, scores.Recall, scores.F1) : (double.NaN, double.NaN, double.NaN);
    }

    /// <summary>The number of labelled tokens.</summary>
    public int TokenCount { get; }

    /// <summary>The share of tokens whose label is right; NaN where there are none.</summary>
    public double MicroAccuracy { get; }

    /// <summary>The mean over the labels of the share of a label's tokens that are right; NaN where there are none.</summary>
    public double MacroAccuracy { get; }

    /// <summary>The share of predicted entities that are right; NaN where none are predicted, or labels mark none.</summary>
    public double EntityPrecision { get; }

    /// <summary>The share of true entities that are found; NaN where there are none, or labels mark none.</summary>
    public double EntityRecall { get; }

    /// <summary>The harmonic mean of precision and recall; NaN where there are no entities, or labels mark none.</summary>
    public double EntityF1 { get; }

    internal static SequenceLabelingMetrics Of(IDataView data, string labelColumnName, string predictedLabelColumnName)
    {
        var columns = (Label: Find(data.Schema, labelColumnName, nameof(labelColumnName)), Predicted: Find(data.Schema, predictedLabelColumnName, nameof(predictedLabelColumnName)));
        var rows = new List<(string[] Labels, string[] Predicted)>();
        using (var cursor = data.GetRowCursor([columns.Label, columns.Predicted]))
        {
            var labels = TokenLabels.Create(cursor, columns.Label, nameof(labelColumnName));
            var predicted = TokenLabels.Create(cursor, columns.Predicted, nameof(predictedLabelColumnName));
            while (cursor.MoveNext())
            {
                rows.Add((labels(), predicted()));
                if (rows[^1] is var (expected, found) && Array.FindLastIndex(found, static label => label.Length > 0) >= expected.Length)
                    throw new ArgumentException($"Row {rows.Count - 1} has {expected.Length} labels in the column '{labelColumnName}' and {found.Length} predicted ones in '{predictedLabelColumnName}'; every token needs a label to be compared with.", nameof(data));
            }
        }
        return new(
            [.. rows.SelectMany(static row => row.Labels.Select((label, token) => (label, row.Predicted.ElementAtOrDefault(token) == label)).Where(static token => token.label.Length > 0))],
            Entities(rows));
    }

    private static EntityScores? Entities(List<(string[] Labels, string[] Predicted)> rows)
    {
        string[] names = [.. rows.SelectMany(static row => row.Labels.Concat(row.Predicted)).Distinct()];
        if (EntityTags.Of(names) is not { } tags) return null;
        var classes = names.Index().ToDictionary(static name => name.Item, static name => name.Index);
        return rows.Aggregate(default(EntityScores), (scores, row) => scores.Add(tags, Array.ConvertAll(row.Labels, name => classes[name]), Array.ConvertAll(row.Predicted, name => classes[name])));
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string argument) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(argument, name, $"There is no column '{name}'. The columns are {string.Join(", ", schema.Where(static column => !column.IsHidden).Select(static column => $"'{column.Name}'"))}.");
}
