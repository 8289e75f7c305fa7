using System.Numerics;
using Microsoft.ML.Nas.Operations.Recurrent;

namespace Microsoft.ML.Nas.Tests.Operations.Recurrent;

/// <summary>The gates' nonlinearities against those of <see cref="Math"/>.</summary>
[TestClass]
public sealed class ActivationsTests
{
    private const double Tolerance = 2e-7;

    [TestMethod]
    public void They_are_exact_in_single_precision()
    {
        for (var x = -30f; x <= 30f; x += 0.00731f) AssertExact(x);
        foreach (var x in new[] { 0f, -0f, 1e-30f, 44f, -44f, 87.5f, -87.5f, 1e9f, -1e9f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity }) AssertExact(x);
    }

    [TestMethod]
    public void What_is_no_number_stays_none()
    {
        Assert.IsTrue(float.IsNaN(Activations.Sigmoid(new Vector<float>(float.NaN))[0]));
        Assert.IsTrue(float.IsNaN(Activations.Tanh(new Vector<float>(float.NaN))[0]));
    }

    private static void AssertExact(float x)
    {
        Assert.AreEqual(1 / (1 + Math.Exp(-(double)x)), Activations.Sigmoid(new Vector<float>(x))[0], Tolerance, $"sigmoid of {x}");
        Assert.AreEqual(Math.Tanh(x), Activations.Tanh(new Vector<float>(x))[0], Tolerance, $"tanh of {x}");
    }
}
