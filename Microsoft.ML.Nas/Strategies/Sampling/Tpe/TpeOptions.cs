namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Tpe"/>.</summary>
public sealed class TpeOptions
{
    /// <summary>The number of random architectures that are evaluated first. Default 10.</summary>
    public int StartupTrials { get; set; } = 10;

    /// <summary>The share of the evaluated architectures that counts as good, above 0 and below 1. Default 0.15.</summary>
    public double GoodShare { get; set; } = 0.15;

    /// <summary>The number of architectures drawn near good ones, of which the most promising is proposed. Default 24.</summary>
    public int Candidates { get; set; } = 24;

    internal TpeOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StartupTrials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        if (GoodShare is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(GoodShare), GoodShare, "The share must lie between 0 and 1.");
        return (TpeOptions)MemberwiseClone();
    }
}
