namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Gdas"/>.</summary>
public sealed class GdasOptions : BilevelOptions
{
    /// <summary>The temperature of the Gumbel softmax in the first epochs. Default 10, as in the paper.</summary>
    public double FirstTemperature { get; set; } = 10;

    /// <summary>The temperature in the last epoch; it falls linearly. Default 0.1, as in the paper.</summary>
    public double LastTemperature { get; set; } = 0.1;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FirstTemperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LastTemperature);
    }
}
