namespace Microsoft.ML.Nas.Training;

/// <summary>How a network is trained: AdamW or SGD with warm-up and a cosine schedule, early stopping, best weights kept.</summary>
internal sealed record TrainingRecipe
{
    /// <summary>The number of rows a step sees.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>The weight decay: AdamW's decoupled one, or what SGD adds to gradients.</summary>
    public double WeightDecay { get; init; } = 1e-2;

    /// <summary>The momentum of SGD with Nesterov's look ahead; null for AdamW.</summary>
    public double? Momentum { get; init; }

    /// <summary>The number of epochs over which the learning rate rises from zero.</summary>
    public int WarmupEpochs { get; init; } = 1;

    /// <summary>The share of the highest learning rate that is left in the last step.</summary>
    public double FinalLearningRateShare { get; init; } = 0.01;

    /// <summary>The largest norm of a step's gradient; larger ones are scaled down.</summary>
    public double GradientClip { get; init; } = 1.0;

    /// <summary>The share of a class label that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The low precision that products are computed in while training; null for float32.</summary>
    public TrainingPrecision? Precision { get; init; }

    /// <summary>The number of epochs, at most.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Training stops after so many epochs without a better validation loss.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>The same training over another number of epochs, with a patience of a third of them.</summary>
    public TrainingRecipe WithEpochs(int epochs) => this with { Epochs = epochs, Patience = Math.Max(5, epochs / 3) };

    /// <summary>An optimiser at its start, without a learning rate, which follows a schedule.</summary>
    public IFlatOptimizer CreateOptimizer(FlatParameters parameters) =>
        Momentum is { } momentum ? new FlatSgd(parameters, momentum, WeightDecay, nesterov: true) : new FlatAdamW(parameters, WeightDecay);

    /// <summary>The learning rate after a share of the training, at least 0 and at most 1, that follows the warm-up.</summary>
    public double CosineRate(double progress) =>
        LearningRate * (FinalLearningRateShare + (1 - FinalLearningRateShare) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress))));
}
