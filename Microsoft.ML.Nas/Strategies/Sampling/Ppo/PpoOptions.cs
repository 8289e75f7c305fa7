namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Ppo"/>.</summary>
public sealed class PpoOptions
{
    /// <summary>What proposes architectures. Default <see cref="ControllerKind.Lstm"/>.</summary>
    public ControllerKind Controller { get; set; }

    /// <summary>The size of the LSTM. Default 64.</summary>
    public int HiddenSize { get; set; } = 64;

    /// <summary>The number of evaluations that the controller learns from at a time. Default 8.</summary>
    public int BatchSize { get; set; } = 8;

    /// <summary>The number of gradient steps with each batch. Default 5.</summary>
    public int Steps { get; set; } = 5;

    /// <summary>How far a proposal's probability may move with one batch before it moves no further. Default 0.2: by a fifth.</summary>
    public double ClipRange { get; set; } = 0.2;

    /// <summary>The learning rate (Adam). Default 0.01.</summary>
    public double LearningRate { get; set; } = 0.01;

    /// <summary>How much the controller is rewarded for uncertainty, per nat of entropy. Default 0.01.</summary>
    public double EntropyWeight { get; set; } = 0.01;

    /// <summary>How slowly the baseline moves. Default 0.9.</summary>
    public double BaselineDecay { get; set; } = 0.9;

    internal PpoOptions Validated()
    {
        if (!Enum.IsDefined(Controller)) throw new ArgumentOutOfRangeException(nameof(Controller), Controller, $"The controller is none of {string.Join(", ", Enum.GetNames<ControllerKind>())}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ClipRange);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(EntropyWeight);
        if (BaselineDecay is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(BaselineDecay), BaselineDecay, "The decay must lie between 0 and 1.");
        return (PpoOptions)MemberwiseClone();
    }
}
