using System;
using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>
/// The conversions between column types that the library has: within signed integers, within unsigned ones, from integers to reals, between reals,
/// from numbers to Boolean, from Boolean to signed numbers, and to and from text.
/// </summary>
internal static class ValueConverter
{
    private enum Family
    {
        Other,
        Signed,
        Unsigned,
        Real,
        Boolean,
        Text,
    }

    /// <summary>A Func of the raw types, or null where there is no such conversion.</summary>
    public static Delegate Create(PrimitiveDataViewType source, PrimitiveDataViewType target)
    {
        var (from, to) = (FamilyOf(source), FamilyOf(target));
        if (source is KeyDataViewType sourceKey)
            return target is KeyDataViewType targetKey && sourceKey.Count == targetKey.Count ? Numeric(source, target) : null;
        if (target is KeyDataViewType)
            return from == Family.Text ? Parser(target) : null;
        if (source.Equals(target))
            return Generic.Call<Delegate>(Identity<int>, source.RawType);
        return (from, to) switch
        {
            (Family.Text, _) => Parser(target),
            (not Family.Other, Family.Text) => Generic.Call<Delegate>(Text<int>, source.RawType),
            (Family.Signed or Family.Unsigned, _) when from == to || to == Family.Real => Numeric(source, target),
            (Family.Real, Family.Real) => Numeric(source, target),
            (Family.Signed or Family.Unsigned or Family.Real, Family.Boolean) => Generic.Call<Delegate>(ToBoolean<int>, source.RawType),
            (Family.Boolean, Family.Signed or Family.Real) => Generic.Call<Delegate>(FromBoolean<int>, target.RawType),
            _ => null,
        };
    }

    private static Family FamilyOf(PrimitiveDataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => Family.Signed,
        TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => Family.Unsigned,
        TypeCode.Single or TypeCode.Double => Family.Real,
        TypeCode.Boolean => Family.Boolean,
        _ => type is TextDataViewType ? Family.Text : Family.Other,
    };

    private static Delegate Parser(PrimitiveDataViewType target) => Generic.Call<Delegate>(Parse<int>, target.RawType, target);

    private static Delegate Numeric(PrimitiveDataViewType source, PrimitiveDataViewType target)
    {
        Type[] types = [source.RawType, target.RawType];
        return FamilyOf(target) == Family.Unsigned
            ? Generic.Call<Delegate>(ConvertUnsigned<int, int>, types)
            : Generic.Call<Delegate>(Convert<int, int>, types);
    }

    private static Func<T, T> Identity<T>() => value => value;

    private static Func<bool, T> FromBoolean<T>() where T : INumber<T> => value => value ? T.One : T.Zero;

    private static Func<T, bool> ToBoolean<T>() where T : INumber<T> => value => value != T.Zero;

    private static Func<T, ReadOnlyMemory<char>> Text<T>() => value => (value switch
    {
        float real => real.ToString("G7", CultureInfo.InvariantCulture),
        double real => real.ToString("G17", CultureInfo.InvariantCulture),
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture),
    }).AsMemory();

    // Text that is not a number becomes NaN, or 0 for unsigned integers and keys and false for Boolean; for signed integers it is an error.
    private static Func<ReadOnlyMemory<char>, T> Parse<T>(PrimitiveDataViewType target)
    {
        var parser = (TextParser<T>)TextParsers.For(target);
        var isSigned = FamilyOf(target) == Family.Signed;
        return text => parser(text.Span, out var value) || !isSigned
            ? value
            : throw new InvalidOperationException($"Value '{text}' could not be parsed from text to {target}.");
    }

    private static Func<TSource, TTarget> Convert<TSource, TTarget>() where TSource : INumber<TSource> where TTarget : INumber<TTarget>
        => TTarget.CreateTruncating;

    // Unsigned values that do not fit become 0, as missing keys are.
    private static Func<TSource, TTarget> ConvertUnsigned<TSource, TTarget>() where TSource : INumber<TSource> where TTarget : INumber<TTarget>
        => value => TTarget.CreateTruncating(value) is var target && TSource.CreateTruncating(target) == value ? target : TTarget.Zero;
}
