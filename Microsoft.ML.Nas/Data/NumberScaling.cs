namespace Microsoft.ML.Nas.Data;

/// <summary>How one number is standardised.</summary>
/// <remarks>
/// Computed in double, so that a large offset (a timestamp, say) costs no precision, and rounded to float last; the ONNX graph does the
/// same operations in the same order. The bounds turn infinities, and values far outside what was trained on, into finite numbers.
/// </remarks>
/// <param name="Slot">The value's position among the plan's numeric values.</param>
/// <param name="Mean">What is subtracted.</param>
/// <param name="InverseStd">What the difference is multiplied by.</param>
/// <param name="Lower">The least standardised value.</param>
/// <param name="Upper">The greatest standardised value.</param>
internal readonly record struct NumberScaling(int Slot, double Mean, double InverseStd, double Lower, double Upper)
{
    /// <summary>The standardised value; 0, the mean, where the value is missing.</summary>
    public float Encode(double value)
    {
        if (double.IsNaN(value)) return 0f;
        var standardised = (value - Mean) * InverseStd;
        return (float)(standardised > Upper ? Upper : standardised < Lower ? Lower : standardised);
    }
}
