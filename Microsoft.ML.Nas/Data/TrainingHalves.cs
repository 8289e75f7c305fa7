using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data;

/// <summary>Training rows divided in two: one part for a supernet's weights, one for what chooses among its options.</summary>
internal sealed class TrainingHalves : IDisposable
{
    private TrainingHalves(LabeledRows weights, LabeledRows architecture) => (Weights, Architecture) = (weights, architecture);

    public LabeledRows Weights { get; }

    public LabeledRows Architecture { get; }

    /// <summary>Divides rows at random, by the default random generator.</summary>
    /// <param name="rows">The rows; they are copied.</param>
    /// <param name="architectureShare">The share that chooses, between 0 and 1; both parts get at least one row.</param>
    public static TrainingHalves Of(LabeledRows rows, double architectureShare)
    {
        if (rows.Count < 2) throw new ArgumentException($"{rows.Count} training row cannot be divided in two; give the search more rows.", nameof(rows));
        using var scope = NewDisposeScope();
        var order = randperm(rows.Count, dtype: ScalarType.Int64).to(rows.Features.device);
        var first = Math.Clamp((long)Math.Round(rows.Count * (1 - architectureShare)), 1, rows.Count - 1);
        return new(rows.Take(order.narrow(0, 0, first), rows.Augmentation), rows.Take(order.narrow(0, first, rows.Count - first), augmentation: null));
    }

    public void Dispose()
    {
        Weights.Dispose();
        Architecture.Dispose();
    }
}
