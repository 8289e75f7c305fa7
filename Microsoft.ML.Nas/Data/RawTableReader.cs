namespace Microsoft.ML.Nas.Data;

/// <summary>Reads a data view once, and refuses what no model can be fitted on.</summary>
internal static class RawTableReader
{
    /// <summary>Reads the planned columns.</summary>
    /// <exception cref="TrainingDataException">There are no rows, too few, or one class only; a label is missing; a value is infinite; or a weight is negative.</exception>
    public static RawTable Read(IDataView data, ColumnPlan plan, CancellationToken cancellation)
    {
        var numbers = plan.NumberSlots().Select(static slot => new NumberColumn(slot.Column.RawType)).ToArray();
        var categories = plan.CategorySlots().Select(static _ => new CategoryColumn()).ToArray();
        var labels = new List<float>();
        var weights = plan.WeightColumnName is null ? null : new List<float>();

        using (var cursor = data.GetRowCursor(NeededColumns(data.Schema, plan)))
        {
            var reader = new RowReader(cursor, plan, [.. Enumerable.Repeat(true, numbers.Length)], [.. categories]);
            var label = LabelReader.Create(cursor, plan.Label);
            var weight = plan.WeightColumnName is { } name ? cursor.GetGetter<float>(cursor.Schema[name]) : null;
            var row = new double[numbers.Length];
            var codes = new int[categories.Length];
            while (cursor.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                labels.Add(label(labels.Count));
                if (weight is not null) weights!.Add(ReadWeight(weight, plan.WeightColumnName!, weights.Count));
                reader.Read(row, codes);
                for (var i = 0; i < row.Length; i++) numbers[i].Append(double.IsInfinity(row[i]) ? throw Infinite(plan, i, row[i], labels.Count - 1) : row[i]);
                for (var i = 0; i < codes.Length; i++) categories[i].Append(codes[i]);
            }
        }
        var table = new RawTable(plan, numbers, categories, [.. labels], weights?.ToArray());
        CheckRows(table);
        return table;
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

    private static TrainingDataException Infinite(ColumnPlan plan, int slot, double value, int row)
    {
        var (column, index) = plan.NumberSlots().ElementAt(slot);
        return new(column.Name, $"The feature column '{column.SlotName(index)}' is {value} in row {row}. Training values must be finite: "
            + "replace infinities by a number, or by NaN, which stands for a missing value.");
    }

    private static void CheckRows(RawTable table)
    {
        var label = table.Plan.Label;
        if (table.Rows == 0) throw new TrainingDataException("The training data has no rows.");
        if (table.Weights is { } weights && !Array.Exists(weights, static weight => weight > 0))
            throw new TrainingDataException(table.Plan.WeightColumnName!, $"The weight column '{table.Plan.WeightColumnName}' is 0 in every row; at least some rows must weigh something.");
        var classes = Math.Max(1, table.Plan.Task == LearningTask.Regression ? 1 : label.Classes);
        if (table.Rows < classes * 2L)
            throw new TrainingDataException(label.Name, $"The training data has {table.Rows} rows; with {classes} classes in the label column '{label.Name}' at least {classes * 2L} are needed.");
        if (table.Plan.Task != LearningTask.Regression && Array.TrueForAll(table.Labels, value => value == table.Labels[0]))
            throw new TrainingDataException(label.Name, $"Every row of the label column '{label.Name}' is of the same class (class {table.Labels[0]}, counted from 0); at least two classes are needed to learn what sets them apart.");
    }
}
