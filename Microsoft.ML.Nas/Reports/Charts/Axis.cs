namespace Microsoft.ML.Nas.Reports.Charts;

/// <summary>One axis of a chart: what it shows, from where to where, and where its ticks are.</summary>
internal sealed class Axis
{
    private readonly bool _logarithmic;
    private readonly double _from;
    private readonly double _to;

    private Axis(string label, double from, double to, bool logarithmic, IReadOnlyList<double> ticks) =>
        (Label, _from, _to, _logarithmic, Ticks) = (label, from, to, logarithmic, ticks);

    /// <summary>What the axis shows, with its unit.</summary>
    public string Label { get; }

    /// <summary>The values that are marked.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>How a tick is written.</summary>
    public Func<double, string> Format { get; init; } = Figures.Short;

    /// <summary>An axis over some values, from tick to tick.</summary>
    public static Axis Linear(string label, IEnumerable<double> values, int ticks = 5)
    {
        var (low, high) = Range(values);
        var step = Step((high - low) / ticks);
        var (first, last) = (Math.Floor(low / step + 1e-9), Math.Ceiling(high / step - 1e-9));
        return new(label, first * step, last * step, false, [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, 12))]);
    }

    /// <summary>An axis from 0 to 1.</summary>
    public static Axis Share(string label) => new(label, 0, 1, false, [0, 0.25, 0.5, 0.75, 1]);

    /// <summary>An axis of whole numbers from 0.</summary>
    public static Axis Number(string label, double last)
    {
        var step = Math.Max(1, Step(Math.Max(1, last) / 5));
        return new(label, 0, Math.Max(1, last), false, [.. Enumerable.Range(0, (int)(Math.Max(1, last) / step) + 1).Select(i => i * step)]);
    }

    /// <summary>A logarithmic axis over values that are positive; others lie at its beginning.</summary>
    public static Axis Logarithmic(string label, IEnumerable<double> values)
    {
        var (low, high) = Range(values.Where(static value => value > 0));
        if (!(low > 0)) (low, high) = (1, 10);
        if (high / low < 2) (low, high) = (low / 1.5, high * 1.5);
        else (low, high) = (low / 1.08, high * 1.08);
        var steps = high / low > 1000 ? (double[])[1] : high / low > 20 ? [1, 3] : [1, 2, 5];
        var ticks = Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(power => steps.Select(step => step * Math.Pow(10, power))).Where(tick => tick >= low && tick <= high).ToArray();
        return new(label, Math.Log(low), Math.Log(high), true, ticks.Length > 0 ? ticks : [Math.Sqrt(low * high)]);
    }

    /// <summary>Where a value lies between the axis's ends, 0 to 1; values beyond lie at the ends.</summary>
    public double Place(double value)
    {
        var position = _logarithmic ? value > 0 ? Math.Log(value) : _from : value;
        return Math.Clamp((position - _from) / (_to - _from), 0, 1);
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            if (double.IsFinite(value)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return (0, 1);
        return high - low > 1e-9 * Math.Max(1, Math.Abs(high)) ? (low, high) : (low - Math.Max(1e-3, Math.Abs(low) * 0.01), high + Math.Max(1e-3, Math.Abs(high) * 0.01));
    }

    /// <summary>The next step of 1, 2 or 5 times a power of ten.</summary>
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }
}
