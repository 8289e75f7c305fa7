using System;
using System.Collections.Generic;

namespace Microsoft.ML.Data;

/// <summary>Labels, scores and probabilities of the rows that have a label and a finite score.</summary>
internal sealed class BinaryOutcomes
{
    private readonly List<bool> _labels = [];
    private readonly List<float> _scores = [];

    private BinaryOutcomes(string[] classNames) => ClassNames = classNames;

    /// <summary>The names of a key label's values, in their order; else positive, negative.</summary>
    public string[] ClassNames { get; }

    public IReadOnlyList<bool> Labels => _labels;

    public IReadOnlyList<float> Scores => _scores;

    /// <summary>The sum in bits, NaN where a probability is NaN.</summary>
    public double LogLoss { get; private set; }

    public static BinaryOutcomes Read(IDataView data, string labelColumnName, string scoreColumnName, string probabilityColumnName, string predictedLabelColumnName)
    {
        Contracts.CheckValue(data, nameof(data));
        var label = EvaluatedColumns.Find(data.Schema, labelColumnName, "Label");
        var score = EvaluatedColumns.Find(data.Schema, scoreColumnName, "Score");
        DataViewSchema.Column? probability = probabilityColumnName is null ? null : EvaluatedColumns.Find(data.Schema, probabilityColumnName, "Probability");
        EvaluatedColumns.Find(data.Schema, predictedLabelColumnName, "PredictedLabel");
        EvaluatedColumns.CheckSingle(score, "score");
        var isLabel = label.Type is BooleanDataViewType or KeyDataViewType { Count: 2 }
            || label.Type == NumberDataViewType.Single || label.Type == NumberDataViewType.Double;
        if (!isLabel)
            throw Contracts.SchemaMismatch("schema", "label", label.Name, "Single, Double, Boolean, or a Key with cardinality 2", label.Type.ToString());
        if (probability is { } column)
            EvaluatedColumns.CheckSingle(column, "probability");

        var outcomes = new BinaryOutcomes(Names(label));
        using var cursor = data.GetRowCursor(probability is { } needed ? [label, score, needed] : [label, score]);
        var readLabel = EvaluatedColumns.Label(cursor, label);
        var readScore = EvaluatedColumns.Single(cursor, score);
        var readProbability = probability is { } known ? EvaluatedColumns.Single(cursor, known) : () => float.NaN;
        while (cursor.MoveNext())
            outcomes.Add(readLabel(), readScore(), readProbability());
        return outcomes;
    }

    private static string[] Names(DataViewSchema.Column label)
    {
        if (!label.HasKeyValues())
            return ["positive", "negative"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetKeyValues(ref names);
        return [names.GetItemOrDefault(0).ToString(), names.GetItemOrDefault(1).ToString()];
    }

    private void Add(float label, float score, float probability)
    {
        if (!float.IsFinite(score) || float.IsNaN(label))
            return;
        _labels.Add(label > 0);
        _scores.Add(score);
        LogLoss -= Math.Log(label > 0 ? probability : 1.0 - probability, 2);
    }
}
