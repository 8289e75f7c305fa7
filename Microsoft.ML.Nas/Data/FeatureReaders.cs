using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data;

internal sealed class NumberReader<T, TConvert>(ValueGetter<T> getter, int offset) : FeatureReader where TConvert : struct, IToDouble<T>
{
    private T _value = default!;

    public override void Read(Span<double> numbers, Span<int> codes)
    {
        getter(ref _value);
        numbers[offset] = TConvert.Convert(_value);
    }
}

internal sealed class NumberVectorReader<T, TConvert>(ValueGetter<VBuffer<T>> getter, FeatureColumn column, int offset) : FeatureReader
    where TConvert : struct, IToDouble<T>
{
    private VBuffer<T> _value;

    public override void Read(Span<double> numbers, Span<int> codes)
    {
        getter(ref _value);
        VectorLength.Check(_value.Length, column);
        var target = numbers.Slice(offset, column.Size);
        var values = _value.GetValues();
        if (_value.IsDense)
        {
            for (var slot = 0; slot < values.Length; slot++) target[slot] = TConvert.Convert(values[slot]);
            return;
        }
        target.Clear();
        var indices = _value.GetIndices();
        for (var i = 0; i < values.Length; i++) target[indices[i]] = TConvert.Convert(values[i]);
    }
}

internal sealed class CategoryReader<T, TConvert>(ValueGetter<T> getter, int offset, ICategoryCodes categories) : FeatureReader
    where TConvert : struct, IToCode<T>
{
    private T _value = default!;

    public override void Read(Span<double> numbers, Span<int> codes)
    {
        getter(ref _value);
        codes[offset] = TConvert.Convert(_value, categories);
    }
}

internal sealed class CategoryVectorReader<T, TConvert>(ValueGetter<VBuffer<T>> getter, FeatureColumn column, int offset, ICategoryCodes?[] categories) : FeatureReader
    where TConvert : struct, IToCode<T>
{
    private VBuffer<T> _value;

    public override void Read(Span<double> numbers, Span<int> codes)
    {
        getter(ref _value);
        VectorLength.Check(_value.Length, column);
        var target = codes.Slice(offset, column.Size);
        target.Clear();
        var values = _value.GetValues();
        var indices = _value.GetIndices();
        for (var i = 0; i < values.Length; i++)
        {
            var slot = _value.IsDense ? i : indices[i];
            if (categories[slot] is { } slotCodes) target[slot] = TConvert.Convert(values[i], slotCodes);
        }
    }
}

internal static class VectorLength
{
    public static void Check(int length, FeatureColumn column)
    {
        if (length != column.Size)
            throw new InvalidOperationException($"The column '{column.Name}' should hold {column.Size} values in every row, but a row holds {length}.");
    }
}
