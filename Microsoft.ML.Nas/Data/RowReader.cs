namespace Microsoft.ML.Nas.Data;

/// <summary>Reads the features of the row that a cursor stands on, without allocating. One reader serves one row or cursor.</summary>
internal sealed class RowReader
{
    private readonly FeatureReader[] _readers;

    /// <param name="row">The row or cursor; the columns that are read must be active.</param>
    /// <param name="plan">The columns.</param>
    /// <param name="numbers">Whether each of the plan's numeric values is needed; a column of which none is, is not read.</param>
    /// <param name="categories">The codes of each of the plan's categorical values; null for one that is not needed.</param>
    public RowReader(DataViewRow row, ColumnPlan plan, ReadOnlySpan<bool> numbers, ReadOnlySpan<ICategoryCodes?> categories)
    {
        var readers = new List<FeatureReader>();
        int number = 0, category = 0;
        foreach (var column in plan.Features)
        {
            if (column.IsNumeric)
            {
                if (numbers.Slice(number, column.Size).Contains(true))
                    readers.Add(FeatureReader.ForNumbers(row, row.Schema[column.Name], column, number));
                number += column.Size;
            }
            else
            {
                var codes = categories.Slice(category, column.Size).ToArray();
                if (Array.Exists(codes, static code => code is not null))
                    readers.Add(FeatureReader.ForCategories(row, row.Schema[column.Name], column, category, codes));
                category += column.Size;
            }
        }
        _readers = [.. readers];
    }

    /// <summary>Reads the current row.</summary>
    /// <param name="numbers">The plan's numeric values, NaN where missing.</param>
    /// <param name="codes">The codes of the plan's categorical values.</param>
    public void Read(Span<double> numbers, Span<int> codes)
    {
        foreach (var reader in _readers) reader.Read(numbers, codes);
    }
}
