using System;
using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values as text in annotations.</summary>
internal static class ValueText
{
    public static string Of<T>(T value) => value switch
    {
        bool flag => flag ? "1" : "0",
        float real => float.IsNaN(real) ? "?" : real.ToString("R", CultureInfo.InvariantCulture),
        double real => double.IsNaN(real) ? "?" : real.ToString("G17", CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset => string.Format(CultureInfo.InvariantCulture, "{0:o}", value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
