using Microsoft.ML.Nas.Strategies.Differentiable.DrNas;

namespace Microsoft.ML.Nas.Tests.Strategies.Differentiable;

[TestClass]
public sealed class GammaDrawTests
{
    /// <summary>The derivative against a difference quotient of the quantile function, from a distribution function integrated numerically.</summary>
    [TestMethod]
    [DataRow(0.3, 0.05)]
    [DataRow(0.7, 0.4)]
    [DataRow(1.0, 0.9)]
    [DataRow(1.0, 3.0)]
    [DataRow(2.5, 1.2)]
    [DataRow(2.5, 12.0)]
    [DataRow(6.0, 9.0)]
    [DataRow(6.0, 16.0)]
    public void The_derivative_keeps_the_quantile(double shape, double value)
    {
        const double step = 1e-4;
        var upper = UpperTail(shape, value);
        var numerical = (Quantile(shape + step, upper, value) - Quantile(shape - step, upper, value)) / (2 * step);
        Assert.AreEqual(numerical, GammaDraw.Derivative(shape, value), 2e-4 * Math.Max(1, Math.Abs(numerical)));
    }

    [TestMethod]
    [DataRow(0.2)]
    [DataRow(1.0)]
    [DataRow(4.5)]
    public void Draws_have_the_mean_and_variance_of_the_distribution(double shape)
    {
        var random = new Random(1);
        var draws = Enumerable.Range(0, 50_000).Select(_ => GammaDraw.Draw(shape, random)).ToArray();
        var mean = draws.Average();
        Assert.AreEqual(shape, mean, 0.03 * Math.Max(1, shape));
        Assert.AreEqual(shape, draws.Average(draw => (draw - mean) * (draw - mean)), 0.06 * Math.Max(1, shape));
    }

    private static double Quantile(double shape, double upper, double near)
    {
        var (low, high) = (near * 0.9, near * 1.1);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (UpperTail(shape, middle) > upper) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The integral of the density from a value on, by Simpson's rule over the logarithm.</summary>
    private static double UpperTail(double shape, double value)
    {
        return Integral(Math.Log(value), Math.Log(200)) / Integral(-60 / Math.Min(1, shape), Math.Log(200));

        double Integral(double from, double to)
        {
            const int steps = 20_000;
            var sum = 0d;
            for (var i = 0; i <= steps; i++)
            {
                var x = from + (to - from) * i / steps;
                sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(shape * x - Math.Exp(x));
            }
            return sum * (to - from) / steps / 3;
        }
    }
}
