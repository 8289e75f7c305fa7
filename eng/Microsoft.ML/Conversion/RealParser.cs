using System;
using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>
/// Numbers as the library reads them: [+-] digits, marker, digits, exponent; also ?, NaN, Infinity, -Infinity and the infinity sign;
/// white space around them is skipped.
/// </summary>
internal static class RealParser
{
    private const char InfinitySign = '\u221E';
    private const ulong MaxMantissa = (ulong.MaxValue - 9) / 10;
    private const int MaxExactPower = 22;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static readonly double[] NegativePowersOfTen =
        [1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18, 1e-19, 1e-20, 1e-21, 1e-22];

    /// <returns>False, with NaN, where the text is not a number; NaN as text is a number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, char marker, bool emptyIsNaN, out float value)
    {
        if (!TryScan(text, marker, emptyIsNaN, out var number, out var special))
        {
            value = float.NaN;
            return false;
        }

        value = special ? (float)number.Special : number.ToSingle();
        return true;
    }

    /// <returns>False, with NaN, where the text is not a number; NaN as text is a number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, char marker, bool emptyIsNaN, out double value)
    {
        if (!TryScan(text, marker, emptyIsNaN, out var number, out var special))
        {
            value = double.NaN;
            return false;
        }

        value = special ? number.Special : number.ToDouble();
        return true;
    }

    private static bool TryScan(ReadOnlySpan<char> text, char marker, bool emptyIsNaN, out Number number, out bool special)
    {
        number = default;
        special = false;
        if (text.Length > 0 && (text[0] <= ' ' || text[^1] <= ' ' || text[0] > '~' || text[^1] > '~'))
            text = text.Trim();
        if (text.IsEmpty)
        {
            special = true;
            number.Special = emptyIsNaN ? double.NaN : 0;
            return true;
        }

        if (number.TryScan(text, marker))
            return true;
        special = true;
        return TryNamed(text, out number.Special);
    }

    private static bool TryNamed(ReadOnlySpan<char> text, out double value)
    {
        var (known, named) = text switch
        {
            "?" or "NaN" => (true, double.NaN),
            "Infinity" or [InfinitySign] => (true, double.PositiveInfinity),
            "-Infinity" or ['-', InfinitySign] => (true, double.NegativeInfinity),
            _ => (false, double.NaN),
        };
        value = named;
        return known;
    }

    private struct Number
    {
        public double Special;
        private ulong _mantissa;
        private long _exponent;
        private bool _negative;

        public bool TryScan(ReadOnlySpan<char> text, char marker)
        {
            var i = 0;
            _negative = text[0] == '-';
            if (_negative || text[0] == '+')
                i++;
            var hasDigits = false;
            for (; i < text.Length && char.IsAsciiDigit(text[i]); i++, hasDigits = true)
            {
                if (_mantissa < MaxMantissa)
                    _mantissa = (10 * _mantissa) + (uint)(text[i] - '0');
                else
                    _exponent++;
            }

            if (i < text.Length && text[i] == marker)
            {
                for (i++; i < text.Length && char.IsAsciiDigit(text[i]); i++, hasDigits = true)
                {
                    if (_mantissa < MaxMantissa)
                    {
                        _mantissa = (10 * _mantissa) + (uint)(text[i] - '0');
                        _exponent--;
                    }
                }
            }

            return hasDigits && (i == text.Length || TryScanExponent(text[i..]));
        }

        public readonly float ToSingle()
        {
            if (_mantissa == 0 || Math.Abs(_exponent) > MaxExactPower)
                return (float)ToDouble();
            var value = (float)(_mantissa * (_exponent >= 0 ? PowersOfTen[_exponent] : NegativePowersOfTen[-_exponent]));
            return _negative ? -value : value;
        }

        public readonly double ToDouble()
        {
            double value;
            if (_mantissa == 0 || _exponent == 0)
                value = _mantissa;
            else if (_mantissa < 1UL << 53 && Math.Abs(_exponent) <= MaxExactPower)
                value = _exponent > 0 ? _mantissa * PowersOfTen[_exponent] : _mantissa / PowersOfTen[-_exponent];
            else
                value = double.Parse($"{_mantissa}e{_exponent}", CultureInfo.InvariantCulture);
            return _negative ? -value : value;
        }

        private bool TryScanExponent(ReadOnlySpan<char> text)
        {
            if (text[0] is not ('e' or 'E'))
                return false;
            var digits = text[1..];
            var negative = digits.Length > 0 && digits[0] == '-';
            if (negative || (digits.Length > 0 && digits[0] == '+'))
                digits = digits[1..];
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
                return false;
            long exponent = 0;
            foreach (var digit in digits)
                exponent = Math.Min((10 * exponent) + (digit - '0'), int.MaxValue);
            _exponent += negative ? -exponent : exponent;
            return true;
        }
    }
}
