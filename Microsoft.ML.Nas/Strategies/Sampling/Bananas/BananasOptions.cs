namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Bananas"/>.</summary>
public sealed class BananasOptions
{
    /// <summary>The number of random architectures that are evaluated first. Default 10.</summary>
    public int StartupTrials { get; set; } = 10;

    /// <summary>The number of networks that predict rewards. Default 5.</summary>
    public int EnsembleSize { get; set; } = 5;

    /// <summary>The size of the networks' two hidden layers. Default 32.</summary>
    public int HiddenSize { get; set; } = 32;

    /// <summary>The networks' learning rate (Adam). Default 0.01.</summary>
    public double LearningRate { get; set; } = 0.01;

    /// <summary>How many of the best architectures are mutated. Default 10.</summary>
    public int Parents { get; set; } = 10;

    /// <summary>The number of mutated architectures that are considered at every step. Default 100.</summary>
    public int Candidates { get; set; } = 100;

    internal BananasOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StartupTrials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(EnsembleSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        return (BananasOptions)MemberwiseClone();
    }
}
