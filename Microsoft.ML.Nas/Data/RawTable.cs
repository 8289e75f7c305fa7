namespace Microsoft.ML.Nas.Data;

/// <summary>The planned columns of a data view in memory, column by column, before any encoding.</summary>
/// <param name="plan">The columns.</param>
/// <param name="numbers">The numeric values, in the plan's order.</param>
/// <param name="categories">The categorical values, in the plan's order.</param>
/// <param name="labels">A row's label: 0 or 1, the class counted from 0, or the number.</param>
/// <param name="weights">A row's weight; null where all weigh the same.</param>
internal sealed class RawTable(ColumnPlan plan, NumberColumn[] numbers, CategoryColumn[] categories, float[] labels, float[]? weights)
{
    /// <summary>The columns.</summary>
    public ColumnPlan Plan { get; } = plan;

    /// <summary>The numeric values, in the plan's order.</summary>
    public NumberColumn[] Numbers { get; } = numbers;

    /// <summary>The categorical values, in the plan's order.</summary>
    public CategoryColumn[] Categories { get; } = categories;

    /// <summary>A row's label: 0 or 1, the class counted from 0, or the number.</summary>
    public float[] Labels { get; } = labels;

    /// <summary>A row's weight; null where all weigh the same.</summary>
    public float[]? Weights { get; } = weights;

    /// <summary>The number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>The numbers of all rows, from 0.</summary>
    public int[] AllRows() => [.. Enumerable.Range(0, Rows)];
}
