namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Nsga2"/>.</summary>
public sealed class Nsga2Options
{
    /// <summary>The number of architectures that survive a generation, and of their children. Default 20.</summary>
    public int PopulationSize { get; set; } = 20;

    /// <summary>The share of children that take each decision from one of two parents at random; the others are copies of one. Default 0.9.</summary>
    public double CrossoverShare { get; set; } = 0.9;

    /// <summary>The number of decisions of a child that are changed. Default 1.</summary>
    public int Mutations { get; set; } = 1;

    internal Nsga2Options Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PopulationSize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Mutations, 0);
        if (CrossoverShare is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(CrossoverShare), CrossoverShare, "The share must lie between 0 and 1.");
        return (Nsga2Options)MemberwiseClone();
    }
}
