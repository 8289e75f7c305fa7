namespace Microsoft.ML.Nas.Strategies.Differentiable.DrNas;

/// <summary>Draws from a gamma distribution of scale 1, and the derivative of a draw by the shape.</summary>
internal static class GammaDraw
{
    /// <summary>Marsaglia and Tsang 2000; below shape 1 a draw of the next shape times a power of a uniform number.</summary>
    public static double Draw(double shape, System.Random random)
    {
        if (!(shape > 0 && double.IsFinite(shape))) throw new ArgumentOutOfRangeException(nameof(shape), shape, "The shape must be positive and finite.");
        if (shape < 1) return Draw(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1d / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < normal * normal / 2 + d * (1 - v + Math.Log(v))) return d * v;
        }
    }

    /// <summary>
    /// dz/dα of a draw z of shape α whose quantile stays: −(∂P(α, z)/∂α) / p(z), where P is the distribution function and p its density.
    /// </summary>
    public static double Derivative(double shape, double value) => value < shape + 8 ? BySeries(shape, value) : ByTail(shape, value);

    /// <summary>P is the sum of z^(α+n) e^(−z) / Γ(α+n+1); each term is differentiated and divided by the density.</summary>
    private static double BySeries(double shape, double value)
    {
        var (logValue, digamma) = (Math.Log(value), Digamma(shape + 1));
        double sum = 0, term = value / shape;
        for (var n = 1; term > 1e-17 * (1 + Math.Abs(sum)) || n < 2 * value; n++)
        {
            sum -= term * (logValue - digamma);
            term *= value / (shape + n);
            digamma += 1 / (shape + n);
        }
        return sum;
    }

    /// <summary>The integral over s from 0 of (1 + s/z)^(α−1) e^(−s) (ln(z + s) − ψ(α)), by Simpson's rule.</summary>
    private static double ByTail(double shape, double value)
    {
        const int Steps = 400;
        const double End = 60;
        var digamma = Digamma(shape);
        var sum = 0d;
        for (var i = 0; i <= Steps; i++)
        {
            var s = End * i / Steps;
            sum += (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp((shape - 1) * Math.Log(1 + s / value) - s) * (Math.Log(value + s) - digamma);
        }
        return sum * End / Steps / 3;
    }

    private static double Digamma(double x)
    {
        var shift = 0d;
        for (; x < 10; x++) shift -= 1 / x;
        var square = 1 / (x * x);
        return shift + Math.Log(x) - 0.5 / x - square * (1d / 12 - square * (1d / 120 - square * (1d / 252 - square / 240)));
    }
}
