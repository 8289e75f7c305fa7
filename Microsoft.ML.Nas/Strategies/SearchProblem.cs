using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation.Robustness;

namespace Microsoft.ML.Nas.Strategies;

/// <summary>The data a search works on. Owned by the caller.</summary>
/// <param name="Splits">The splits that architectures are ranked on, by their mean; the first also trains supernets and final networks.</param>
/// <param name="AllRows">Creates a split that trains on all rows and validates on none; null where no refit is wanted.</param>
internal sealed record SearchProblem(IReadOnlyList<DataSplit> Splits, Func<DataSplit>? AllRows = null)
{
    /// <summary>Measures the final networks' robustness; null where it is not asked for.</summary>
    public RobustnessProbe? Robustness { get; init; }

    /// <summary>What data it is; null where nobody asks.</summary>
    public DataFingerprint? Data { get; init; }

    public Target Target => Splits[0].Target;

    public Spaces.Shape Input => Splits[0].Input;
}
