using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>The nonlinearities of gates, within 2e-7 of exact; NaN stays NaN.</summary>
internal static class Activations
{
    // Beyond it e^x is no normal number.
    private const float LargestExponent = 87f;

    /// <summary>1 / (1 + e^-x).</summary>
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Exp(-x));

    /// <summary>The hyperbolic tangent.</summary>
    public static Vector<float> Tanh(Vector<float> x) => Vector<float>.One - new Vector<float>(2f) / (Vector<float>.One + Exp(x + x));

    /// <summary>e^x as 2^n · e^r with |r| ≤ ln 2 / 2, e^r by its Taylor series.</summary>
    private static Vector<float> Exp(Vector<float> x)
    {
        // Added to a number it leaves the nearest whole number in the lowest bits.
        var rounding = new Vector<float>(12582912f);
        x = Vector.Min(Vector.Max(x, new Vector<float>(-LargestExponent)), new Vector<float>(LargestExponent));
        var shifted = Vector.FusedMultiplyAdd(x, new Vector<float>(1.44269504f), rounding);
        var whole = shifted - rounding;
        // ln 2 in two parts, the first exact in its product with a whole number.
        var rest = Vector.FusedMultiplyAdd(whole, new Vector<float>(-0.693359375f), x);
        rest = Vector.FusedMultiplyAdd(whole, new Vector<float>(2.12194440e-4f), rest);
        var sum = Vector.FusedMultiplyAdd(rest, new Vector<float>(1f / 5040), new Vector<float>(1f / 720));
        sum = Vector.FusedMultiplyAdd(rest, sum, new Vector<float>(1f / 120));
        sum = Vector.FusedMultiplyAdd(rest, sum, new Vector<float>(1f / 24));
        sum = Vector.FusedMultiplyAdd(rest, sum, new Vector<float>(1f / 6));
        sum = Vector.FusedMultiplyAdd(rest, sum, new Vector<float>(0.5f));
        sum = Vector.FusedMultiplyAdd(rest, sum, Vector<float>.One);
        sum = Vector.FusedMultiplyAdd(rest, sum, Vector<float>.One);
        return Vector.AsVectorSingle(Vector.AsVectorInt32(sum) + Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 23));
    }
}
