using System.Globalization;

namespace Microsoft.ML.Nas.Reports;

/// <summary>How numbers are written for people.</summary>
internal static class Figures
{
    /// <summary>Four significant digits, as metrics are compared; a dash where there is no number.</summary>
    public static string Metric(double value) => !double.IsFinite(value) ? "–"
        : value != 0 && (Math.Abs(value) < 0.001 || Math.Abs(value) >= 100_000) ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
        : value.ToString(Math.Abs(value) < 10 ? "0.0000" : Math.Abs(value) < 1000 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A whole number with separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits and a suffix, as in 12.3k.</summary>
    public static string Short(double value)
    {
        var size = Math.Abs(value);
        return size >= 1e9 ? Scaled(1e9, "G") : size >= 1e6 ? Scaled(1e6, "M") : size >= 1e4 ? Scaled(1e3, "k") : value.ToString("0.###", CultureInfo.InvariantCulture);

        string Scaled(double unit, string suffix) => (value / unit).ToString("0.##", CultureInfo.InvariantCulture) + suffix;
    }

    public static string Percent(double share) => double.IsFinite(share) ? share.ToString("0.0%", CultureInfo.InvariantCulture) : "–";

    /// <summary>A time in the unit that suits it.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 0 or double.NaN => "–",
        < 1 => $"{seconds * 1000:0} ms",
        < 120 => $"{seconds:0.0} s",
        < 7200 => $"{seconds / 60:0.0} min",
        _ => $"{seconds / 3600:0.0} h",
    };

    /// <summary>At most so many characters, the last an ellipsis where some are left out.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
