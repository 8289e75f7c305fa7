namespace Microsoft.ML.Nas.Onnx;

/// <summary>How far one value is from another, and where.</summary>
/// <param name="Output">The name of the output.</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Column">The value's place within the row, from 0.</param>
/// <param name="Expected">The first scorer's value.</param>
/// <param name="Actual">The second scorer's value.</param>
public readonly record struct ValueDifference(string Output, long Row, long Column, float Expected, float Actual)
{
    /// <summary>|expected - actual|; 0 for NaN against NaN and an infinity against itself, infinite for either against anything else.</summary>
    public double Absolute =>
        Expected.Equals(Actual) || Expected == Actual ? 0
        : float.IsFinite(Expected) && float.IsFinite(Actual) ? Math.Abs((double)Expected - Actual)
        : double.PositiveInfinity;

    /// <summary><see cref="Absolute"/> divided by the larger of |expected| and |actual|; 0 where the two are equal, infinite where <see cref="Absolute"/> is.</summary>
    public double Relative =>
        Absolute is 0 or double.PositiveInfinity ? Absolute : Absolute / Math.Max(Math.Abs((double)Expected), Math.Abs((double)Actual));

    /// <summary>For example <c>output 'Score', row 3, column 0: 0.25 against 0.5</c>.</summary>
    public override string ToString() => $"output '{Output}', row {Row}, column {Column}: {Expected:R} against {Actual:R}";
}
