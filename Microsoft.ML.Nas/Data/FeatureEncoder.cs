using System.Collections.Immutable;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data;

/// <summary>A value that is not encoded, and why.</summary>
/// <param name="Name">The column, with the slot where it is a vector.</param>
/// <param name="IsMissing">Whether it is missing in every training row; else it is constant there.</param>
internal sealed record DroppedFeature(string Name, bool IsMissing);

/// <summary>
/// Turns raw values into one row of floats: standardised numbers, then a 0/1 indicator for each number that has missing values in training,
/// then category codes. Immutable; what it knows comes from the training rows it was fitted on (see <see cref="FeatureEncoderFitter"/>).
/// </summary>
internal sealed class FeatureEncoder : InputEncoder
{
    private readonly TableShape? _shape;

    /// <param name="plan">The columns.</param>
    /// <param name="numbers">The numbers that are standardised.</param>
    /// <param name="indicators">The places of the numbers with a missing-value indicator.</param>
    /// <param name="categories">The categorical values.</param>
    /// <param name="quantiles">Bin edges of numbers and indicators on the standardised scale; none for an encoder that only scores.</param>
    /// <param name="dropped">What is not encoded.</param>
    public FeatureEncoder(
        ColumnPlan plan,
        ImmutableArray<NumberScaling> numbers,
        ImmutableArray<int> indicators,
        ImmutableArray<CategoryVocabulary> categories,
        ImmutableArray<ImmutableArray<float>>? quantiles = null,
        ImmutableArray<DroppedFeature>? dropped = null)
        : base(plan)
    {
        Numbers = numbers;
        Indicators = indicators;
        Categories = categories;
        Dropped = dropped ?? [];
        if (quantiles is { } edges) _shape = new(edges, [.. categories.Select(static category => category.Cardinality)]);
    }

    /// <summary>The numbers that are standardised.</summary>
    public ImmutableArray<NumberScaling> Numbers { get; }

    /// <summary>The places, among the plan's numeric values, of those with a missing-value indicator.</summary>
    public ImmutableArray<int> Indicators { get; }

    /// <summary>The categorical values.</summary>
    public ImmutableArray<CategoryVocabulary> Categories { get; }

    /// <inheritdoc/>
    public override ImmutableArray<DroppedFeature> Dropped { get; }

    /// <inheritdoc/>
    public override TableShape Shape => _shape ?? throw new InvalidOperationException("The encoder was read from a file, which does not hold the quantiles that networks are built on.");

    /// <summary>The number of floats in an encoded row.</summary>
    public int Width => Numbers.Length + Indicators.Length + Categories.Length;

    /// <inheritdoc/>
    public override ImmutableArray<int> Dimensions => [Width];

    /// <inheritdoc/>
    public override bool Reads(FeatureColumn column)
    {
        var first = Plan.Features.TakeWhile(other => other != column).Where(other => other.IsNumeric == column.IsNumeric).Sum(static other => other.Size);
        bool Within(int slot) => slot >= first && slot < first + column.Size;
        return column.IsNumeric
            ? Numbers.Any(number => Within(number.Slot)) || Indicators.Any(Within)
            : Categories.Any(category => Within(category.Slot));
    }

    /// <inheritdoc/>
    public override Tensor Encode(RawRows rows, ReadOnlySpan<int> which) =>
        which.IsEmpty ? empty(0, Width) : tensor(Encode((RawTable)rows, which), [which.Length, Width]);

    /// <inheritdoc/>
    public override RowEncoder CreateRowEncoder(DataViewRow row) => new TableRowEncoder(this, row);

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph) => FeatureGraph.Emit(graph, this);

    /// <inheritdoc/>
    public override ModelDescription AddTo(ModelDescription description) => description with { Table = ModelDescription.TablePart.Of(this) };

    /// <summary>Encodes rows of a table.</summary>
    /// <returns>Row-major, <c>rows.Length × Width</c>.</returns>
    public float[] Encode(RawTable table, ReadOnlySpan<int> rows)
    {
        var width = Width;
        var encoded = new float[checked(rows.Length * width)];
        var position = 0;
        foreach (var number in Numbers)
        {
            var column = table.Numbers[number.Slot];
            for (int i = 0, at = position; i < rows.Length; i++, at += width) encoded[at] = number.Encode(column[rows[i]]);
            position++;
        }
        foreach (var slot in Indicators)
        {
            var column = table.Numbers[slot];
            for (int i = 0, at = position; i < rows.Length; i++, at += width) encoded[at] = double.IsNaN(column[rows[i]]) ? 1f : 0f;
            position++;
        }
        foreach (var category in Categories)
        {
            var column = table.Categories[category.Slot];
            float[] codes = [0f, .. column.Values.Select(value => (float)(value.Text is { } text ? category.CodeOf(text) : category.CodeOf(value.Key)))];
            for (int i = 0, at = position; i < rows.Length; i++, at += width) encoded[at] = codes[column.Codes[rows[i]]];
            position++;
        }
        return encoded;
    }

    /// <summary>Encodes one row of raw values.</summary>
    /// <param name="numbers">The plan's numeric values, NaN where missing.</param>
    /// <param name="codes">The codes that <see cref="Categories"/> give the plan's categorical values.</param>
    /// <param name="encoded">Receives <see cref="Width"/> floats.</param>
    public void Encode(ReadOnlySpan<double> numbers, ReadOnlySpan<int> codes, Span<float> encoded)
    {
        var position = 0;
        foreach (ref readonly var number in Numbers.AsSpan()) encoded[position++] = number.Encode(numbers[number.Slot]);
        foreach (var slot in Indicators) encoded[position++] = double.IsNaN(numbers[slot]) ? 1f : 0f;
        foreach (var category in Categories) encoded[position++] = codes[category.Slot];
    }
}
