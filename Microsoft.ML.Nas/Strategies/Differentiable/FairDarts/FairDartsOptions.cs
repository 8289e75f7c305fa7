namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.FairDarts"/>.</summary>
public sealed class FairDartsOptions : BilevelOptions
{
    /// <summary>The weight of the zero-one loss, which drives every option's sigmoid away from a half. Default 10, as in the paper.</summary>
    public double ZeroOneWeight { get; set; } = 10;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(ZeroOneWeight);
    }
}
