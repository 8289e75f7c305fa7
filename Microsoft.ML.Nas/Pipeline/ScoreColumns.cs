using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas;

/// <summary>The columns that a trained model adds, as ML.NET's own trainers name and type them.</summary>
internal static class ScoreColumns
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
    public const string Probability = "Probability";

    /// <summary>The columns of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="label">The label column; its predicted twin has the same type.</param>
    /// <param name="keyValues">What the label's keys stand for; null where there are no keys or they stand for themselves.</param>
    public static IReadOnlyList<DataViewSchema.DetachedColumn> Create(LearningTask task, LabelColumn label, KeyValues? keyValues)
    {
        var single = NumberDataViewType.Single;
        // Where only the shape is known, any positive count stands for the real one.
        var classes = Math.Max(1, label.Classes);
        return task switch
        {
            LearningTask.BinaryClassification => [Predicted(label, classes, keyValues), new(Score, single), new(Probability, single)],
            LearningTask.MulticlassClassification =>
                [Predicted(label, classes, keyValues), new(Score, new VectorDataViewType(single, classes), SlotNames(keyValues))],
            _ => [new(Score, single)],
        };
    }

    private static DataViewSchema.DetachedColumn Predicted(LabelColumn label, int classes, KeyValues? keyValues)
    {
        if (!label.IsKey) return new(PredictedLabel, BooleanDataViewType.Instance);
        var annotations = new DataViewSchema.Annotations.Builder();
        keyValues?.AddTo(annotations);
        return new(PredictedLabel, new KeyDataViewType(label.RawType, classes), annotations.ToAnnotations());
    }

    private static DataViewSchema.Annotations? SlotNames(KeyValues? keyValues)
    {
        if (keyValues is null) return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        var names = keyValues.Texts.Select(static text => text.AsMemory()).ToArray();
        annotations.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> values) => new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo(ref values));
        return annotations.ToAnnotations();
    }
}
