using System;
using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <returns>False, with the type's missing or default value, where the text is not such a value.</returns>
internal delegate bool TextParser<T>(ReadOnlySpan<char> text, out T value);

/// <summary>How text is read as each of the column types.</summary>
internal static class TextParsers
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>The parser for a type, a <see cref="TextParser{T}"/> of its raw type.</summary>
    public static Delegate For(PrimitiveDataViewType type, char decimalMarker = '.', bool emptyIsNaN = false) => type switch
    {
        KeyDataViewType key => Type.GetTypeCode(key.RawType) switch
        {
            TypeCode.Byte => Key<byte>(key.Count),
            TypeCode.UInt16 => Key<ushort>(key.Count),
            TypeCode.UInt32 => Key<uint>(key.Count),
            _ => Key<ulong>(key.Count),
        },
        BooleanDataViewType => (TextParser<bool>)TryParseBoolean,
        TimeSpanDataViewType => Empty<TimeSpan>((ReadOnlySpan<char> text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value)),
        DateTimeDataViewType => Empty<DateTime>((ReadOnlySpan<char> text, out DateTime value) => DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out value)),
        DateTimeOffsetDataViewType => Empty<DateTimeOffset>((ReadOnlySpan<char> text, out DateTimeOffset value)
            => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)),
        _ => Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.Single => (TextParser<float>)((ReadOnlySpan<char> text, out float value) => RealParser.TryParse(text, decimalMarker, emptyIsNaN, out value) || IsMissing(text)),
            TypeCode.Double => (TextParser<double>)((ReadOnlySpan<char> text, out double value) => RealParser.TryParse(text, decimalMarker, emptyIsNaN, out value) || IsMissing(text)),
            TypeCode.SByte => (TextParser<sbyte>)TryParseSigned,
            TypeCode.Int16 => (TextParser<short>)TryParseSigned,
            TypeCode.Int32 => (TextParser<int>)TryParseSigned,
            TypeCode.Int64 => (TextParser<long>)TryParseSigned,
            TypeCode.Byte => (TextParser<byte>)TryParseUnsigned,
            TypeCode.UInt16 => (TextParser<ushort>)TryParseUnsigned,
            TypeCode.UInt32 => (TextParser<uint>)TryParseUnsigned,
            TypeCode.UInt64 => (TextParser<ulong>)TryParseUnsigned,
            _ => throw new NotSupportedException($"Text cannot be read as {type}."),
        },
    };

    /// <summary>Whether a type has a value for missing; text that is not of another type is an error.</summary>
    public static bool HasMissing(PrimitiveDataViewType type) => type is KeyDataViewType || type.RawType == typeof(float) || type.RawType == typeof(double);

    private static bool TryParseBoolean(ReadOnlySpan<char> text, out bool value)
    {
        Span<char> lower = stackalloc char[5];
        var word = text.Length <= lower.Length ? lower[..Math.Max(0, text.ToLowerInvariant(lower))] : text;
        value = word is "true" or "t" or "yes" or "y" or "1" or "+1" or "+";
        return value || word is "" or "false" or "f" or "no" or "n" or "0" or "-1" or "-";
    }

    private static bool TryParseSigned<T>(ReadOnlySpan<char> text, out T value) where T : struct, IBinaryInteger<T>
    {
        value = T.Zero;
        return text.IsEmpty || (text[0] is '-' or (>= '0' and <= '9') && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));
    }

    private static bool TryParseUnsigned<T>(ReadOnlySpan<char> text, out T value) where T : struct, IBinaryInteger<T>
        => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    // Keys are 0-based as text and 1-based, with 0 for missing, as values.
    private static TextParser<T> Key<T>(ulong count) where T : struct, IBinaryInteger<T> => (ReadOnlySpan<char> text, out T value) =>
    {
        value = T.Zero;
        if (text.IsEmpty || IsMissing(text))
            return true;
        if (!TryParseUnsigned(text, out ulong index) || index >= count)
            return false;
        value = T.CreateTruncating(index + 1);
        return true;
    };

    private static TextParser<T> Empty<T>(TextParser<T> parser) => (ReadOnlySpan<char> text, out T value) =>
    {
        value = default;
        return text.IsEmpty || parser(text, out value);
    };

    private static bool IsMissing(ReadOnlySpan<char> text)
        => text.Length <= 3 && (text is "?" || text.Equals("NA", StringComparison.OrdinalIgnoreCase)
            || text.Equals("N/A", StringComparison.OrdinalIgnoreCase) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase));
}
