namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Snas"/>.</summary>
public sealed class SnasOptions : DifferentiableOptions
{
    /// <summary>The temperature of the concrete distribution in the first epochs. Default 1, as in the paper.</summary>
    public double FirstTemperature { get; set; } = 1;

    /// <summary>The temperature in the last epoch; it falls geometrically. Default 0.03, as in the paper.</summary>
    public double LastTemperature { get; set; } = 0.03;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FirstTemperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LastTemperature);
    }
}
