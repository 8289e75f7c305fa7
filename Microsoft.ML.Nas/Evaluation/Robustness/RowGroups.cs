using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Evaluation.Robustness;

/// <summary>Reads a column as groups of rows.</summary>
internal static class RowGroups
{
    /// <summary>A number of more values than these is divided at its quartiles.</summary>
    private const int MostNumbers = 10;

    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];

    /// <summary>What rows without a value are called.</summary>
    public const string Missing = "(missing)";

    /// <summary>Every row's group, in the order of the rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="name">The column.</param>
    /// <param name="rows">The number of rows that were read before.</param>
    /// <param name="option">The option that names the column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of a type that has no groups.</exception>
    /// <exception cref="TrainingDataException">The data has another number of rows than before.</exception>
    public static string[] Read(IDataView data, string name, int rows, string option)
    {
        var source = data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(option, name,
            $"{nameof(RobustnessOptions)}.{option} names '{name}', which is no column of the data; it has: {string.Join(", ", data.Schema.Select(static column => column.Name))}.");
        var info = ColumnInfo.From(source);
        if (info is not { IsVector: false, Kind: { } kind })
            throw new ArgumentOutOfRangeException(option, name, $"{nameof(RobustnessOptions)}.{option} names '{name}', a column of type {info.TypeName}; groups need a single number, boolean, text or key a row.");
        var column = new FeatureColumn(name, kind, info.RawType, IsVector: false, Size: 1);
        var plan = new ColumnPlan([column], new(name, info.RawType, info.IsKey, 0), null, LearningTask.Regression);
        var (numbers, codes) = (new List<double>(), new CategoryColumn());
        using (var cursor = data.GetRowCursor([source]))
        {
            var reader = new RowReader(cursor, plan, column.IsNumeric ? [true] : [], column.IsNumeric ? [] : [codes]);
            var (number, code) = (new double[1], new int[1]);
            while (cursor.MoveNext())
            {
                reader.Read(number, code);
                numbers.Add(number[0]);
                codes.Append(code[0]);
            }
        }
        if (numbers.Count != rows)
            throw new TrainingDataException(name, $"The data had {rows} rows when it was first read and {numbers.Count} when the column '{name}' was read; give data that stays the same, for example with ml.Data.Cache.");
        if (!column.IsNumeric)
        {
            var texts = kind == FeatureKind.Key ? KeyValues.Of(source)?.Texts : null;
            return [.. codes.Codes.Select(code => code == 0 ? Missing : NameOf(codes.Values[code - 1], texts))];
        }
        return kind == FeatureKind.Boolean ? [.. numbers.Select(static value => double.IsNaN(value) ? Missing : $"{value != 0}")] : Ranges([.. numbers]);
    }

    /// <summary>Numbers as groups: themselves where there are few, else between quartiles.</summary>
    internal static string[] Ranges(double[] numbers)
    {
        var known = numbers.Where(static number => !double.IsNaN(number)).Order().ToArray();
        if (known.Distinct().Take(MostNumbers + 1).Count() <= MostNumbers) return Array.ConvertAll(numbers, static number => double.IsNaN(number) ? Missing : $"{number:0.####}");
        var edges = Quartiles.Select(share => known[(int)(share * (known.Length - 1))]).Distinct().ToArray();
        return Array.ConvertAll(numbers, number =>
        {
            if (double.IsNaN(number)) return Missing;
            var above = edges.Count(edge => number > edge);
            return above == 0 ? $"≤ {edges[0]:0.####}" : above == edges.Length ? $"> {edges[^1]:0.####}" : $"> {edges[above - 1]:0.####}, ≤ {edges[above]:0.####}";
        });
    }

    private static string NameOf(CategoryValue value, IReadOnlyList<string>? texts) =>
        value.Text ?? (texts is not null && value.Key <= (ulong)texts.Count ? texts[(int)value.Key - 1] : $"{value.Key}");
}
