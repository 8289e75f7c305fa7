namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Evolution"/>.</summary>
public sealed class EvolutionOptions
{
    /// <summary>The number of architectures alive. Default 10, as in NAS-Bench-201 (Dong and Yang 2020); Real 2019 has 100 for 20,000 evaluations.</summary>
    public int PopulationSize { get; set; } = 10;

    /// <summary>How many of them, drawn with replacement, compete to be the next parent. Default 3.</summary>
    public int SampleSize { get; set; } = 3;

    /// <summary>Whether a child that was evaluated before is evaluated again, as in the paper. Default false: it is mutated until it is new.</summary>
    public bool Repeats { get; set; }

    internal EvolutionOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PopulationSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleSize, 1);
        return (EvolutionOptions)MemberwiseClone();
    }
}
