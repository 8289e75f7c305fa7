using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Data;

/// <summary>Fits a <see cref="FeatureEncoder"/> on training rows.</summary>
internal static class FeatureEncoderFitter
{
    /// <summary>The greatest number of quantile bins of a number.</summary>
    public const int MaximumBins = 48;

    /// <summary>The greatest number of categories with codes of their own: the most frequent ones.</summary>
    public const int MaximumCategories = 1000;

    /// <summary>
    /// A category needs this many training rows for a code of its own. One seen once tells nothing about its label, and stands best for
    /// the categories not seen at all: sharing code 0 with them, it is what their embedding is trained on.
    /// </summary>
    public const int MinimumCategoryCount = 2;

    /// <summary>How far beyond the training range, in standard deviations, a number is still told apart.</summary>
    private const double Margin = 1;

    /// <summary>Quantiles are taken from at most this many rows, evenly spaced.</summary>
    private const int MaximumQuantileRows = 200_000;

    /// <summary>Fits an encoder on the given rows alone.</summary>
    /// <exception cref="TrainingDataException">No feature varies in these rows, or a number is too large to standardise.</exception>
    public static FeatureEncoder Fit(RawTable table, ReadOnlySpan<int> rows)
    {
        var numbers = ImmutableArray.CreateBuilder<NumberScaling>();
        var indicators = ImmutableArray.CreateBuilder<int>();
        var quantiles = ImmutableArray.CreateBuilder<ImmutableArray<float>>();
        var categories = ImmutableArray.CreateBuilder<CategoryVocabulary>();
        var dropped = ImmutableArray.CreateBuilder<DroppedFeature>();

        foreach (var (slot, (column, index)) in table.Plan.NumberSlots().Index())
        {
            var values = Present(table.Numbers[slot], rows);
            var hasMissing = values.Length > 0 && values.Length < rows.Length;
            if (FitNumber(slot, column, index, values) is { } number)
            {
                numbers.Add(number);
                quantiles.Add(Quantiles(number, values));
            }
            else if (!hasMissing)
            {
                dropped.Add(new(column.SlotName(index), values.Length == 0));
            }
            if (hasMissing) indicators.Add(slot);
        }
        quantiles.AddRange(Enumerable.Repeat<ImmutableArray<float>>([0f, 1f], indicators.Count));

        foreach (var (slot, (column, index)) in table.Plan.CategorySlots().Index())
        {
            if (FitCategory(slot, table.Categories[slot], rows, out var isMissing) is { } category) categories.Add(category);
            else dropped.Add(new(column.SlotName(index), isMissing));
        }

        if (quantiles.Count + categories.Count == 0)
            throw new TrainingDataException("No feature column can be learned from: each is missing in every training row, has one value only, or is text that never repeats.");
        return new(table.Plan, numbers.ToImmutable(), indicators.ToImmutable(), categories.ToImmutable(), quantiles.ToImmutable(), dropped.ToImmutable());
    }

    private static double[] Present(NumberColumn column, ReadOnlySpan<int> rows)
    {
        var values = new double[rows.Length];
        var count = 0;
        foreach (var row in rows)
            if (column[row] is var value && !double.IsNaN(value)) values[count++] = value;
        Array.Resize(ref values, count);
        return values;
    }

    private static NumberScaling? FitNumber(int slot, FeatureColumn column, int index, double[] values)
    {
        if (values.Length == 0) return null;
        double least = values[0], greatest = values[0], sum = 0;
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
            sum += value;
        }
        if (least == greatest) return null;
        if (column.Kind == FeatureKind.Boolean) return new(slot, 0, 1, 0, 1);

        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        if (!double.IsFinite(squares))
            throw new TrainingDataException(column.Name, $"The feature column '{column.SlotName(index)}' ranges from {least} to {greatest}, too far to be standardised; rescale it or take its logarithm.");
        var inverse = 1 / Math.Sqrt(squares / values.Length);
        return double.IsFinite(inverse)
            ? new(slot, mean, inverse, (least - mean) * inverse - Margin, (greatest - mean) * inverse + Margin)
            : null;
    }

    private static ImmutableArray<float> Quantiles(NumberScaling number, double[] values)
    {
        var stride = (values.Length - 1) / MaximumQuantileRows + 1;
        var sorted = new float[(values.Length - 1) / stride + 1];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = number.Encode(values[i * stride]);
        Array.Sort(sorted);
        // The extremes may fall between the strides.
        sorted[0] = number.Encode(values.Min());
        sorted[^1] = number.Encode(values.Max());
        var distinct = sorted.Distinct().Take(MaximumBins + 2).ToArray();
        if (distinct.Length <= MaximumBins + 1) return [.. distinct];
        var edges = new SortedSet<float>();
        for (var i = 0; i <= MaximumBins; i++) edges.Add(sorted[(int)((long)i * (sorted.Length - 1) / MaximumBins)]);
        return [.. edges];
    }

    private static CategoryVocabulary? FitCategory(int slot, CategoryColumn column, ReadOnlySpan<int> rows, out bool isMissing)
    {
        var counts = new int[column.Values.Count + 1];
        foreach (var row in rows) counts[column.Codes[row]]++;
        isMissing = counts[0] == rows.Length;
        var kept = Enumerable.Range(1, column.Values.Count)
            .Where(code => counts[code] >= MinimumCategoryCount)
            .OrderByDescending(code => counts[code]).ThenBy(code => column.Values[code - 1].Key).ThenBy(code => column.Values[code - 1].Text, StringComparer.Ordinal)
            .Take(MaximumCategories)
            .ToArray();
        var isConstant = kept.Length == 0 || kept.Length == 1 && counts[kept[0]] == rows.Length;
        if (isConstant) return null;
        var values = kept.Select(code => column.Values[code - 1]).OrderBy(static value => value.Key).ThenBy(static value => value.Text, StringComparer.Ordinal);
        return new(slot, [.. values]);
    }
}
