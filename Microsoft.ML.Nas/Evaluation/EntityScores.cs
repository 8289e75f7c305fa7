using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Evaluation;

/// <summary>Counts of entities, as the CoNLL evaluation (Tjong Kim Sang 2003) makes them: one is right where its type, its beginning and its end are.</summary>
/// <param name="True">The entities of the labels.</param>
/// <param name="Predicted">The entities of the predictions.</param>
/// <param name="Right">Those of the predictions that are right.</param>
internal readonly record struct EntityScores(int True, int Predicted, int Right)
{
    /// <summary>The share of predicted entities that are right; NaN where there are none.</summary>
    public double Precision => (double)Right / Predicted;

    /// <summary>The share of true entities that are found; NaN where there are none.</summary>
    public double Recall => (double)Right / True;

    /// <summary>The harmonic mean of precision and recall; 0 where nothing is right, NaN where there are no entities at all.</summary>
    public double F1 => 2.0 * Right / (True + Predicted);

    /// <summary>Adds the entities of a text.</summary>
    /// <param name="tags">The entities that labels mark.</param>
    /// <param name="labels">The true class of every token.</param>
    /// <param name="predicted">The predicted class of every token.</param>
    public EntityScores Add(EntityTags tags, IReadOnlyList<int> labels, IReadOnlyList<int> predicted)
    {
        var (expected, found) = (tags.Find(labels).ToHashSet(), tags.Find(predicted).ToArray());
        return new(True + expected.Count, Predicted + found.Length, Right + found.Count(expected.Contains));
    }

    /// <summary>The entities of all rows; weights do not count.</summary>
    public static EntityScores Of(ValidationAnswers answers)
    {
        var tags = answers.Entities ?? throw new InvalidOperationException("The labels mark no entities.");
        var scores = default(EntityScores);
        foreach (var row in answers.Known().GroupBy(place => place / answers.LabelsPerRow))
            scores = scores.Add(tags, [.. row.Select(place => (int)answers.Labels[place])], [.. row.Select(place => answers.Predictions.MostProbable(place).Class)]);
        return scores;
    }
}
