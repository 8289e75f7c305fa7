using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>What all differentiable strategies let one choose.</summary>
public abstract class DifferentiableOptions
{
    private protected DifferentiableOptions()
    {
    }

    /// <summary>The number of epochs the supernet is trained where neither time nor <see cref="SearchOptions.MaxEpochs"/> limits it. Default 30.</summary>
    public int Epochs { get; set; } = 30;

    /// <summary>The share of the time left after the start architectures that supernet training may use; the rest trains the best architectures on their own. Default 0.4.</summary>
    public double SupernetTimeShare { get; set; } = 0.4;

    /// <summary>The number of rows a step sees. Default null: 256, or 64 images or texts, since a mixture keeps every option's output for every pixel or word.</summary>
    public int? BatchSize { get; set; }

    /// <summary>The weights' learning rate (AdamW). Default 0.002.</summary>
    public double LearningRate { get; set; } = 2e-3;

    /// <summary>The weights' decoupled weight decay; a larger one is the first remedy for collapse (Zela 2020, R-DARTS). Default 0.01.</summary>
    public double WeightDecay { get; set; } = 1e-2;

    /// <summary>The architecture parameters' learning rate (Adam). Default 0.01.</summary>
    public double ArchitectureLearningRate { get; set; } = 1e-2;

    /// <summary>The architecture parameters' weight decay. Default 0.001.</summary>
    public double ArchitectureWeightDecay { get; set; } = 1e-3;

    /// <summary>The number of epochs in which only weights are trained, so that options start on equal terms. Default 1.</summary>
    public int WarmupEpochs { get; set; } = 1;

    /// <summary>How collapse is watched for, and when it ends the search.</summary>
    public CollapseOptions Collapse { get; set; } = new();

    /// <summary>The number of rows a step sees of the given ones.</summary>
    internal int BatchSizeFor(LabeledRows rows) => BatchSize ?? (rows.Features.dim() == Shape.ImageRank + 1 || rows.Lengths is not null ? 64 : 256);

    internal virtual void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        if (BatchSize is { } size) ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(BatchSize));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupEpochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ArchitectureLearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(ArchitectureWeightDecay);
        ThrowUnlessShare(SupernetTimeShare, nameof(SupernetTimeShare));
        ArgumentNullException.ThrowIfNull(Collapse);
        Collapse.Validate();
    }

    private protected static void ThrowUnlessShare(double share, string name)
    {
        if (share is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(name, share, "The share must lie between 0 and 1.");
    }
}
