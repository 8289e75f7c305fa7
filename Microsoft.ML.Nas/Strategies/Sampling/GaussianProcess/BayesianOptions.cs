namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Bayesian"/>.</summary>
public sealed class BayesianOptions
{
    /// <summary>The number of random architectures that are evaluated first. Default 10.</summary>
    public int StartupTrials { get; set; } = 10;

    /// <summary>The number of random architectures that are considered at every step, beside the neighbours of the best. Default 100.</summary>
    public int RandomCandidates { get; set; } = 100;

    /// <summary>How many of the best architectures have their neighbours considered. Default 5.</summary>
    public int Parents { get; set; } = 5;

    /// <summary>The process knows this many evaluations at most: the best half of them and the latest. Default 200.</summary>
    public int MaxObservations { get; set; } = 200;

    internal BayesianOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StartupTrials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(RandomCandidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxObservations, StartupTrials);
        return (BayesianOptions)MemberwiseClone();
    }
}
