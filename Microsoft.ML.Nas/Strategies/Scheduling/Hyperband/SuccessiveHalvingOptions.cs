namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="Schedulers.SuccessiveHalving"/>, <see cref="Schedulers.Hyperband"/> and <see cref="Schedulers.Asha"/>.</summary>
public sealed class SuccessiveHalvingOptions
{
    /// <summary>The smallest share of a full evaluation, above 0 and below 1. Default 1/9.</summary>
    public double MinFidelity { get; set; } = 1.0 / 9;

    /// <summary>Of so many architectures one gets a fidelity so many times higher. Default 3.</summary>
    public double ReductionFactor { get; set; } = 3;

    /// <summary>The fidelities from the lowest to 1.</summary>
    internal double[] Fidelities()
    {
        if (MinFidelity is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(MinFidelity), MinFidelity, "The share must lie between 0 and 1.");
        if (!(ReductionFactor > 1) || !double.IsFinite(ReductionFactor)) throw new ArgumentOutOfRangeException(nameof(ReductionFactor), ReductionFactor, "The factor must be above 1.");
        // A last step that is all but a whole one is a whole one: 1/9 is two steps of 3, however it was rounded.
        var steps = (int)Math.Floor(-Math.Log(MinFidelity) / Math.Log(ReductionFactor) + 1e-6);
        return [.. Enumerable.Range(0, steps + 1).Select(step => step == steps ? 1 : Math.Max(MinFidelity, Math.Pow(ReductionFactor, step - steps)))];
    }
}
