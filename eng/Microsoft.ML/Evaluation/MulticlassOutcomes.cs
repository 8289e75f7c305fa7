using System;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Counts and losses over the rows that have a class as label and finite scores. The first of the highest scores is the prediction.</summary>
internal sealed class MulticlassOutcomes
{
    private const float Epsilon = 1e-15f;

    private MulticlassOutcomes(string[] classNames)
    {
        ClassNames = classNames;
        Confusion = [.. classNames.Select(_ => new double[classNames.Length])];
        RowsOfClass = new double[classNames.Length];
        LogLossOfClass = new double[classNames.Length];
        RowsOfRank = new double[classNames.Length + 1];
    }

    public string[] ClassNames { get; }

    public double Rows { get; private set; }

    public double LogLoss { get; private set; }

    /// <summary>A row for each true class, a column for each predicted one.</summary>
    public double[][] Confusion { get; }

    public double[] RowsOfClass { get; }

    public double[] LogLossOfClass { get; }

    /// <summary>How often the label had the highest score, the second highest, and so on.</summary>
    public double[] RowsOfRank { get; }

    public static MulticlassOutcomes Read(IDataView data, string labelColumnName, string scoreColumnName, string predictedLabelColumnName)
    {
        Contracts.CheckValue(data, nameof(data));
        var label = EvaluatedColumns.Find(data.Schema, labelColumnName, "Label");
        var score = EvaluatedColumns.Find(data.Schema, scoreColumnName, "Score");
        EvaluatedColumns.Find(data.Schema, predictedLabelColumnName, "PredictedLabel");
        if (score.Type is not VectorDataViewType { Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single)
            throw Contracts.SchemaMismatch("schema", "score", score.Name, "vector of two or more items of type Single", score.Type.ToString());
        if (label.Type != NumberDataViewType.Single && label.Type is not KeyDataViewType)
            throw Contracts.SchemaMismatch("schema", "label", label.Name, "Single or Key", label.Type.ToString());

        var outcomes = new MulticlassOutcomes(Names(score, vector.Size));
        using var cursor = data.GetRowCursor([label, score]);
        var readLabel = EvaluatedColumns.Label(cursor, label);
        var readScores = cursor.GetGetter<VBuffer<float>>(score);
        VBuffer<float> buffer = default;
        var scores = new float[vector.Size];
        while (cursor.MoveNext())
        {
            var value = readLabel();
            if (!(value >= 0) || value != (int)value)
                continue;
            readScores(ref buffer);
            Contracts.Check(buffer.Length == scores.Length, $"Column '{score.Name}': expected {scores.Length} scores, but got {buffer.Length}");
            buffer.CopyTo(scores);
            if (Array.TrueForAll(scores, float.IsFinite))
                outcomes.Add((int)value, scores);
        }

        return outcomes;
    }

    private static string[] Names(DataViewSchema.Column score, int classes)
    {
        if (!score.HasSlotNames())
            return [.. Enumerable.Range(0, classes).Select(i => i.ToString())];
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private void Add(int label, float[] scores)
    {
        // A class that the model does not know is as wrong as can be.
        var isKnown = label < scores.Length;
        var loss = -Math.Log(isKnown ? Math.Clamp(scores[label], Epsilon, 1) : Epsilon);
        Rows++;
        LogLoss += loss;
        RowsOfRank[isKnown ? Rank(label, scores) : scores.Length]++;
        if (!isKnown)
            return;
        RowsOfClass[label]++;
        LogLossOfClass[label] += loss;
        Confusion[label][Array.IndexOf(scores, scores.Max())]++;
    }

    private static int Rank(int label, float[] scores)
    {
        var rank = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > scores[label] || (scores[i] == scores[label] && i < label))
                rank++;
        }

        return rank;
    }
}
