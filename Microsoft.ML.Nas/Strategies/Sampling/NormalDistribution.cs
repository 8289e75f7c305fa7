namespace Microsoft.ML.Nas.Strategies.Sampling;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    public static double Density(double value) => Math.Exp(-value * value / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The probability of a smaller value, to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26).</summary>
    public static double Cumulative(double value)
    {
        var x = Math.Abs(value) / Math.Sqrt(2);
        var t = 1 / (1 + 0.3275911 * x);
        var tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x) / 2;
        return value < 0 ? tail : 1 - tail;
    }

    /// <summary>The value below which a share of the probability lies, to 4.5e-4 (Abramowitz and Stegun 1964, 26.2.23).</summary>
    public static double Quantile(double share)
    {
        if (share > 0.5) return -Quantile(1 - share);
        var t = Math.Sqrt(-2 * Math.Log(share));
        return (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    }

    /// <summary>A value drawn by the Box-Muller method.</summary>
    public static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
