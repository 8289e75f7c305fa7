namespace Microsoft.ML.Nas.Data;

/// <summary>Reads a data view once, and refuses what no model can be fitted on.</summary>
internal static class RawRowsReader
{
    /// <summary>So that two can be learned from and two validated on.</summary>
    private const int LeastTexts = 4;

    /// <summary>Reads the planned columns.</summary>
    /// <exception cref="TrainingDataException">There are no rows, too few, or one class only; a label is missing; a value is infinite; or a weight is negative.</exception>
    public static RawRows Read(IDataView data, ColumnPlan plan, CancellationToken cancellation)
    {
        var labels = new List<float>();
        var weights = plan.WeightColumnName is null ? null : new List<float>();

        RowCollector collector;
        using (var cursor = data.GetRowCursor(NeededColumns(data.Schema, plan)))
        {
            collector = RowCollector.Create(cursor, plan);
            var label = LabelReader.Create(cursor, plan);
            var weight = plan.WeightColumnName is { } name ? cursor.GetGetter<float>(cursor.Schema[name]) : null;
            for (var row = 0; cursor.MoveNext(); row++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (weight is not null) weights!.Add(ReadWeight(weight, plan.WeightColumnName!, row));
                collector.Append(row);
                label(labels, row, plan.Label.IsVector ? collector.Tokens : 1);
            }
        }
        var rows = collector.Finish([.. labels], weights?.ToArray());
        CheckRows(rows);
        return rows;
    }

    private static IEnumerable<DataViewSchema.Column> NeededColumns(DataViewSchema schema, ColumnPlan plan)
    {
        var names = plan.Features.Select(static column => column.Name).Append(plan.Label.Name);
        if (plan.WeightColumnName is { } weight) names = names.Append(weight);
        return [.. names.Distinct().Select(name => schema[name])];
    }

    private static float ReadWeight(ValueGetter<float> getter, string name, int row)
    {
        var weight = 0f;
        getter(ref weight);
        return weight >= 0 && float.IsFinite(weight) ? weight : throw new TrainingDataException(name,
            $"The weight column '{name}' is {weight} in row {row}. Weights must be finite and not negative.");
    }

    private static void CheckRows(RawRows rows)
    {
        var label = rows.Plan.Label;
        if (rows.Rows == 0) throw new TrainingDataException("The training data has no rows.");
        if (rows.Weights is { } weights && !Array.Exists(weights, static weight => weight > 0))
            throw new TrainingDataException(rows.Plan.WeightColumnName!, $"The weight column '{rows.Plan.WeightColumnName}' is 0 in every row; at least some rows must weigh something.");
        if (rows.Plan.Task == LearningTask.SequenceLabeling && rows.AllRows().Count(row => rows.LabelsOf(row).Length > 0) is < LeastTexts and var texts)
            throw new TrainingDataException(label.Name, $"The training data has {texts} texts with tokens; at least {LeastTexts} are needed to learn labels of tokens.");
        var classes = rows.Plan.Task is LearningTask.Regression or LearningTask.SequenceLabeling ? 1 : Math.Max(1, label.Classes);
        if (rows.Rows < classes * 2L)
            throw new TrainingDataException(label.Name, $"The training data has {rows.Rows} rows; with {classes} classes in the label column '{label.Name}' at least {classes * 2L} are needed.");
        if (rows.Plan.Task != LearningTask.Regression && rows.Labels is [var first, ..] && Array.TrueForAll(rows.Labels, value => value == first))
            throw new TrainingDataException(label.Name, $"Every label in the column '{label.Name}' is of the same class (class {first}, counted from 0); at least two classes are needed to learn what sets them apart.");
    }
}
