namespace Microsoft.ML.Nas.Data;

/// <summary>Collects rows of numbers and categories.</summary>
internal sealed class TableCollector : RowCollector
{
    private readonly ColumnPlan _plan;
    private readonly NumberColumn[] _numbers;
    private readonly CategoryColumn[] _categories;
    private readonly RowReader _reader;
    private readonly double[] _values;
    private readonly int[] _codes;

    public TableCollector(DataViewRow cursor, ColumnPlan plan)
    {
        _plan = plan;
        _numbers = [.. plan.NumberSlots().Select(static slot => new NumberColumn(slot.Column.RawType))];
        _categories = [.. plan.CategorySlots().Select(static _ => new CategoryColumn())];
        _reader = new(cursor, plan, [.. Enumerable.Repeat(true, _numbers.Length)], [.. _categories]);
        _values = new double[_numbers.Length];
        _codes = new int[_categories.Length];
    }

    public override void Append(int row)
    {
        _reader.Read(_values, _codes);
        for (var i = 0; i < _values.Length; i++) _numbers[i].Append(double.IsInfinity(_values[i]) ? throw Infinite(i, row) : _values[i]);
        for (var i = 0; i < _codes.Length; i++) _categories[i].Append(_codes[i]);
    }

    public override RawRows Finish(float[] labels, float[]? weights) => new RawTable(_plan, _numbers, _categories, labels, weights);

    private TrainingDataException Infinite(int slot, int row)
    {
        var (column, index) = _plan.NumberSlots().ElementAt(slot);
        return new(column.Name, $"The feature column '{column.SlotName(index)}' is {_values[slot]} in row {row}. Training values must be finite: "
            + "replace infinities by a number, or by NaN, which stands for a missing value.");
    }
}
