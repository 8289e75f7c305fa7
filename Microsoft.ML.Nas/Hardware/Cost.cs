namespace Microsoft.ML.Nas.Hardware;

/// <summary>What a network or a part of it costs for one example.</summary>
/// <param name="Parameters">The number of trained values.</param>
/// <param name="Macs">The number of multiply-adds, those of operations whose results nothing uses among them, as in NAS-Bench-201.</param>
/// <param name="ActivationBytes">The size of its output, in bytes (float32).</param>
public readonly record struct Cost(long Parameters, long Macs, long ActivationBytes)
{
    /// <summary>The cost of two parts that run one after the other.</summary>
    public static Cost operator +(Cost left, Cost right) =>
        new(left.Parameters + right.Parameters, left.Macs + right.Macs, left.ActivationBytes + right.ActivationBytes);

    /// <summary>The cost of two parts that run one after the other.</summary>
    public static Cost Add(Cost left, Cost right) => left + right;
}
