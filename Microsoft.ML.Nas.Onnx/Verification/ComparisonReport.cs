namespace Microsoft.ML.Nas.Onnx;

/// <summary>How far the outputs of two scorers are apart.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="Values">Values compared.</param>
/// <param name="Mismatches">Values outside the tolerance.</param>
/// <param name="LargestAbsolute">The value with the largest absolute difference, or null when nothing was compared.</param>
/// <param name="LargestRelative">The value with the largest relative difference, or null when nothing was compared.</param>
/// <param name="Tolerance">What was allowed.</param>
public sealed record ComparisonReport(
    long Rows, long Values, long Mismatches, ValueDifference? LargestAbsolute, ValueDifference? LargestRelative, Tolerance Tolerance)
{
    /// <summary>True when every value is within the tolerance.</summary>
    public bool Agrees => Mismatches == 0;

    /// <summary>Returns this report when the scorers agree.</summary>
    /// <exception cref="ModelMismatchException">A value is outside the tolerance.</exception>
    public ComparisonReport ThrowIfDifferent() => Agrees ? this : throw new ModelMismatchException(this);

    /// <summary>Rows, values and the largest differences with their places.</summary>
    public override string ToString()
    {
        string compared = $"{Values} values of {Rows} rows compared, {Mismatches} outside the tolerance ({Tolerance.Absolute:G3} absolute, {Tolerance.Relative:G3} relative)";
        return LargestAbsolute is { } absolute && LargestRelative is { } relative
            ? $"{compared}; largest absolute difference {absolute.Absolute:G3} at {absolute}; largest relative difference {relative.Relative:G3} at {relative}"
            : compared;
    }
}
