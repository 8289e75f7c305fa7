using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>The rows of one epoch in a new random order, cut into batches of nearly equal size, varied where the rows say how.</summary>
internal sealed class Batches : IDisposable
{
    private readonly LabeledRows _rows;
    private readonly Tensor _order;

    /// <summary>Draws the order from the default random generator.</summary>
    public Batches(LabeledRows rows, int batchSize)
    {
        _rows = rows;
        Count = Math.Max(1, (int)Math.Round(rows.Count / (double)batchSize, MidpointRounding.AwayFromZero));
        using var scope = NewDisposeScope();
        _order = randperm(rows.Count, dtype: ScalarType.Int64).to(rows.Features.device).DetachFromDisposeScope();
    }

    /// <summary>The number of batches.</summary>
    public int Count { get; }

    /// <summary>The rows of a batch; the tensors belong to the current dispose scope.</summary>
    public (Tensor Features, Tensor Labels, Tensor? Weights) this[int batch]
    {
        get
        {
            var start = (long)batch * _rows.Count / Count;
            using var indices = _order.narrow(0, start, (batch + 1L) * _rows.Count / Count - start);
            var features = _rows.Features.index_select(0, indices);
            return (_rows.Augmentation?.Apply(features) ?? features, _rows.Labels.index_select(0, indices), _rows.Weights?.index_select(0, indices));
        }
    }

    public void Dispose() => _order.Dispose();
}
