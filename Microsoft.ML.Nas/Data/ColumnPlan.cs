namespace Microsoft.ML.Nas.Data;

/// <summary>Which columns are read, and what for.</summary>
/// <param name="Features">The feature columns, in the order in which their values are encoded.</param>
/// <param name="Label">The label column.</param>
/// <param name="WeightColumnName">The example weight column; null where all weigh the same.</param>
/// <param name="Task">What is learned.</param>
/// <param name="Kind">What the features are to networks.</param>
internal sealed record ColumnPlan(
    IReadOnlyList<FeatureColumn> Features, LabelColumn Label, string? WeightColumnName, LearningTask Task, InputKind Kind = InputKind.Table)
{
    /// <summary>How texts become token ids.</summary>
    public TextOptions Text { get; init; } = new();

    /// <summary>The number of values that become numbers, over all feature columns.</summary>
    public int Numbers => Features.Where(static column => column.IsNumeric).Sum(static column => column.Size);

    /// <summary>The number of values that become category codes, over all feature columns.</summary>
    public int Categories => Features.Where(static column => !column.IsNumeric).Sum(static column => column.Size);

    /// <summary>The column and slot of each value that becomes a number.</summary>
    public IEnumerable<(FeatureColumn Column, int Slot)> NumberSlots() => Slots(numeric: true);

    /// <summary>The column and slot of each value that becomes a category code.</summary>
    public IEnumerable<(FeatureColumn Column, int Slot)> CategorySlots() => Slots(numeric: false);

    private IEnumerable<(FeatureColumn Column, int Slot)> Slots(bool numeric) =>
        from column in Features
        where column.IsNumeric == numeric
        from slot in Enumerable.Range(0, column.Size)
        select (column, slot);
}
