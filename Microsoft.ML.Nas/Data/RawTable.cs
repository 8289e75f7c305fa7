using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data;

/// <summary>Rows of numbers and categories, column by column.</summary>
/// <param name="plan">The columns.</param>
/// <param name="numbers">The numeric values, in the plan's order.</param>
/// <param name="categories">The categorical values, in the plan's order.</param>
/// <param name="labels">A row's label: 0 or 1, the class counted from 0, or the number.</param>
/// <param name="weights">A row's weight; null where all weigh the same.</param>
internal sealed class RawTable(ColumnPlan plan, NumberColumn[] numbers, CategoryColumn[] categories, float[] labels, float[]? weights) : RawRows(plan, labels, weights)
{
    /// <summary>The numeric values, in the plan's order.</summary>
    public NumberColumn[] Numbers { get; } = numbers;

    /// <summary>The categorical values, in the plan's order.</summary>
    public CategoryColumn[] Categories { get; } = categories;

    /// <inheritdoc/>
    public override InputEncoder FitEncoder(ReadOnlySpan<int> rows) => FeatureEncoderFitter.Fit(this, rows);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, OnnxTensor> Tensors(ReadOnlySpan<int> rows) => RawTensors.Of(this, rows);
}
