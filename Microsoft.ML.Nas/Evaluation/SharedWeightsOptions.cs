namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="Evaluation.SharedWeights"/>.</summary>
public sealed class SharedWeightsOptions
{
    /// <summary>Which architectures are trained in a step. Default: one, drawn uniformly.</summary>
    public PathSampling Sampling { get; set; } = PathSampling.Uniform;

    /// <summary>The number of epochs the supernet is trained where neither time nor <see cref="SearchOptions.MaxEpochs"/> limits it. Default 30.</summary>
    public int Epochs { get; set; } = 30;

    /// <summary>The share of the time left after the start architectures that supernet training may use. Default 0.4.</summary>
    public double SupernetTimeShare { get; set; } = 0.4;

    /// <summary>The number of rows a step sees. Default 256.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>The weights' learning rate (AdamW). Default 0.002.</summary>
    public double LearningRate { get; set; } = 2e-3;

    /// <summary>The weights' decoupled weight decay. Default 0.01.</summary>
    public double WeightDecay { get; set; } = 1e-2;

    /// <summary>
    /// With <see cref="PathSampling.ProgressiveShrinking"/>: what the distance to the largest architecture's answers weighs in the loss of a smaller one
    /// (knowledge distillation). Default 0: nothing; the paper has 1. Other samplings know no largest architecture and refuse it.
    /// </summary>
    public double DistillationWeight { get; set; }

    /// <summary>
    /// The number of training rows that set batch normalisation's statistics before an architecture is ranked, since those of the whole supernet fit none of
    /// its architectures. Default 2,048.
    /// </summary>
    public int CalibrationRows { get; set; } = 2048;

    /// <summary>
    /// The number of architectures, drawn uniformly, that are trained on their own before the search, so that
    /// <see cref="SearchResult.SupernetRankCorrelation"/> says how far shared weights can be trusted on the whole space. Each is a trial.
    /// Default 0: the correlation is taken over the trials of the search alone, which shared weights have chosen.
    /// </summary>
    public int RankCorrelationSample { get; set; }

    internal void Validate()
    {
        if (!Enum.IsDefined(Sampling)) throw new ArgumentOutOfRangeException(nameof(Sampling), Sampling, "Unknown way to draw paths.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        if (SupernetTimeShare is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(SupernetTimeShare), SupernetTimeShare, "The share must lie between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(DistillationWeight);
        if (DistillationWeight > 0 && Sampling != PathSampling.ProgressiveShrinking)
            throw new ArgumentException($"Distillation needs a largest architecture, which {nameof(PathSampling)}.{Sampling} does not know; use {nameof(PathSampling.ProgressiveShrinking)}, or a weight of 0.", nameof(DistillationWeight));
        ArgumentOutOfRangeException.ThrowIfLessThan(CalibrationRows, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(RankCorrelationSample);
    }
}
