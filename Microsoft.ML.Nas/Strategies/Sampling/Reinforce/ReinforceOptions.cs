namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.Reinforce"/>.</summary>
public sealed class ReinforceOptions
{
    /// <summary>
    /// Whether architectures are rewarded by a weight-sharing supernet (ENAS, Pham 2018) instead of a training of their own
    /// (Zoph and Le 2017). Default true.
    /// </summary>
    public bool SharedWeights { get; set; } = true;

    /// <summary>Without shared weights: what proposes architectures. Default <see cref="ControllerKind.Lstm"/>.</summary>
    public ControllerKind Controller { get; set; }

    /// <summary>Without shared weights: whether an architecture that was evaluated before may be evaluated again, as in the paper. Default false: it draws until one is new.</summary>
    public bool Repeats { get; set; }

    /// <summary>The size of the controller's LSTM. Default 64.</summary>
    public int HiddenSize { get; set; } = 64;

    /// <summary>The controller's learning rate (Adam). Default 0.005.</summary>
    public double ControllerLearningRate { get; set; } = 5e-3;

    /// <summary>How much the controller is rewarded for uncertainty, per nat of entropy. Default 0.01.</summary>
    public double EntropyWeight { get; set; } = 0.01;

    /// <summary>How slowly the baseline, the mean reward that a sample is held against, moves. Default 0.9.</summary>
    public double BaselineDecay { get; set; } = 0.9;

    /// <summary>Shared weights: the number of controller steps after each supernet epoch. Default 30.</summary>
    public int ControllerSteps { get; set; } = 30;

    /// <summary>Shared weights: the number of architectures that the trained controller proposes and the supernet ranks. Default 50.</summary>
    public int RankedSamples { get; set; } = 50;

    /// <summary>Shared weights: the number of epochs the supernet is trained where neither time nor <see cref="SearchOptions.MaxEpochs"/> limits it. Default 30.</summary>
    public int Epochs { get; set; } = 30;

    /// <summary>Shared weights: the share of the search time after which supernet training ends; the rest trains the best architectures on their own. Default 0.4.</summary>
    public double SupernetTimeShare { get; set; } = 0.4;

    /// <summary>Shared weights: the share of the training rows that reward the controller; the weights learn from the others. Default 0.3.</summary>
    public double RewardShare { get; set; } = 0.3;

    /// <summary>Shared weights: the number of rows a supernet step sees. Default 256.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>Shared weights: the supernet's learning rate (AdamW). Default 0.002.</summary>
    public double LearningRate { get; set; } = 2e-3;

    /// <summary>Shared weights: the supernet's decoupled weight decay. Default 0.01.</summary>
    public double WeightDecay { get; set; } = 1e-2;

    internal ReinforceOptions Validated()
    {
        Validate();
        return (ReinforceOptions)MemberwiseClone();
    }

    internal void Validate()
    {
        if (!Enum.IsDefined(Controller)) throw new ArgumentOutOfRangeException(nameof(Controller), Controller, $"The controller is none of {string.Join(", ", Enum.GetNames<ControllerKind>())}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ControllerSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RankedSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ControllerLearningRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(EntropyWeight);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        Inside(BaselineDecay, nameof(BaselineDecay));
        Inside(SupernetTimeShare, nameof(SupernetTimeShare));
        Inside(RewardShare, nameof(RewardShare));

        static void Inside(double value, string name)
        {
            if (value is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(name, value, "The value must lie between 0 and 1.");
        }
    }
}
