namespace Microsoft.ML.Nas.Onnx;

/// <summary>How far two values may be apart: they agree when |expected - actual| ≤ <paramref name="Absolute"/> + <paramref name="Relative"/> · |expected|.</summary>
/// <param name="Absolute">Default: 1e-4.</param>
/// <param name="Relative">Default: 0.</param>
public readonly record struct Tolerance(double Absolute = 1e-4, double Relative = 0)
{
    /// <summary>The default: 1e-4 absolute.</summary>
    public Tolerance()
        : this(1e-4)
    {
    }

    internal bool Accepts(in ValueDifference difference) =>
        difference.Absolute == 0
        || (double.IsFinite(difference.Absolute) && difference.Absolute <= Absolute + Relative * Math.Abs((double)difference.Expected));
}
