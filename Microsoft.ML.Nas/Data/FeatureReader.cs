using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data;

/// <summary>Reads one feature column of the row that a cursor stands on.</summary>
internal abstract class FeatureReader
{
    /// <summary>Writes the column's values to its places among the row's numbers, or among the row's category codes.</summary>
    public abstract void Read(Span<double> numbers, Span<int> codes);

    /// <summary>Binds a reader to a numeric column.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="source">The column in its schema.</param>
    /// <param name="column">What the plan says of the column.</param>
    /// <param name="offset">The place of its first value among the numbers.</param>
    public static FeatureReader ForNumbers(DataViewRow row, DataViewSchema.Column source, FeatureColumn column, int offset) => column.RawType switch
    {
        var type when type == typeof(float) => Numbers<float, NumberToDouble<float>>(row, source, column, offset),
        var type when type == typeof(double) => Numbers<double, NumberToDouble<double>>(row, source, column, offset),
        var type when type == typeof(sbyte) => Numbers<sbyte, NumberToDouble<sbyte>>(row, source, column, offset),
        var type when type == typeof(byte) => Numbers<byte, NumberToDouble<byte>>(row, source, column, offset),
        var type when type == typeof(short) => Numbers<short, NumberToDouble<short>>(row, source, column, offset),
        var type when type == typeof(ushort) => Numbers<ushort, NumberToDouble<ushort>>(row, source, column, offset),
        var type when type == typeof(int) => Numbers<int, NumberToDouble<int>>(row, source, column, offset),
        var type when type == typeof(uint) => Numbers<uint, NumberToDouble<uint>>(row, source, column, offset),
        var type when type == typeof(long) => Numbers<long, NumberToDouble<long>>(row, source, column, offset),
        var type when type == typeof(ulong) => Numbers<ulong, NumberToDouble<ulong>>(row, source, column, offset),
        var type when type == typeof(bool) => Numbers<bool, BooleanToDouble>(row, source, column, offset),
        var type => throw new NotSupportedException($"The column '{column.Name}' holds {type}, which is not a number."),
    };

    /// <summary>Binds a reader to a categorical column.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="source">The column in its schema.</param>
    /// <param name="column">What the plan says of the column.</param>
    /// <param name="offset">The place of its first value among the codes.</param>
    /// <param name="codes">The codes of each of its slots; null for a slot that is not encoded.</param>
    public static FeatureReader ForCategories(DataViewRow row, DataViewSchema.Column source, FeatureColumn column, int offset, ICategoryCodes?[] codes) => column.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => Categories<ReadOnlyMemory<char>, TextToCode>(row, source, column, offset, codes),
        var type when type == typeof(byte) => Categories<byte, KeyToCode<byte>>(row, source, column, offset, codes),
        var type when type == typeof(ushort) => Categories<ushort, KeyToCode<ushort>>(row, source, column, offset, codes),
        var type when type == typeof(uint) => Categories<uint, KeyToCode<uint>>(row, source, column, offset, codes),
        var type when type == typeof(ulong) => Categories<ulong, KeyToCode<ulong>>(row, source, column, offset, codes),
        var type => throw new NotSupportedException($"The column '{column.Name}' holds {type}, which is neither text nor a key."),
    };

    private static FeatureReader Numbers<T, TConvert>(DataViewRow row, DataViewSchema.Column source, FeatureColumn column, int offset)
        where TConvert : struct, IToDouble<T> => column.IsVector
            ? new NumberVectorReader<T, TConvert>(row.GetGetter<VBuffer<T>>(source), column, offset)
            : new NumberReader<T, TConvert>(row.GetGetter<T>(source), offset);

    private static FeatureReader Categories<T, TConvert>(DataViewRow row, DataViewSchema.Column source, FeatureColumn column, int offset, ICategoryCodes?[] codes)
        where TConvert : struct, IToCode<T> => column.IsVector
            ? new CategoryVectorReader<T, TConvert>(row.GetGetter<VBuffer<T>>(source), column, offset, codes)
            : new CategoryReader<T, TConvert>(row.GetGetter<T>(source), offset, codes[0]!);
}

internal interface IToDouble<T>
{
    static abstract double Convert(T value);
}

internal readonly struct NumberToDouble<T> : IToDouble<T> where T : INumberBase<T>
{
    public static double Convert(T value) => double.CreateTruncating(value);
}

internal readonly struct BooleanToDouble : IToDouble<bool>
{
    public static double Convert(bool value) => value ? 1 : 0;
}

internal interface IToCode<T>
{
    static abstract int Convert(T value, ICategoryCodes codes);
}

internal readonly struct TextToCode : IToCode<ReadOnlyMemory<char>>
{
    public static int Convert(ReadOnlyMemory<char> value, ICategoryCodes codes) => codes.CodeOf(value.Span);
}

internal readonly struct KeyToCode<T> : IToCode<T> where T : INumberBase<T>
{
    public static int Convert(T value, ICategoryCodes codes) => codes.CodeOf(ulong.CreateTruncating(value));
}
