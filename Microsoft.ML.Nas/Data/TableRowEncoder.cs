namespace Microsoft.ML.Nas.Data;

/// <summary>Encodes the table row that a cursor stands on.</summary>
internal sealed class TableRowEncoder : RowEncoder
{
    private readonly FeatureEncoder _encoder;
    private readonly RowReader _reader;
    private readonly double[] _numbers;
    private readonly int[] _codes;

    public TableRowEncoder(FeatureEncoder encoder, DataViewRow row)
    {
        _encoder = encoder;
        _numbers = new double[encoder.Plan.Numbers];
        _codes = new int[encoder.Plan.Categories];
        var needed = new bool[_numbers.Length];
        foreach (var number in encoder.Numbers) needed[number.Slot] = true;
        foreach (var slot in encoder.Indicators) needed[slot] = true;
        var categories = new ICategoryCodes?[_codes.Length];
        foreach (var category in encoder.Categories) categories[category.Slot] = category;
        _reader = new(row, encoder.Plan, needed, categories);
    }

    /// <inheritdoc/>
    public override void Encode(Span<float> encoded)
    {
        _reader.Read(_numbers, _codes);
        _encoder.Encode(_numbers, _codes, encoded);
    }
}
