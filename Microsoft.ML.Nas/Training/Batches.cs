using Microsoft.ML.Nas.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Training;

/// <summary>
/// The rows of one epoch in a new random order, cut into batches of nearly equal size, varied where the rows say how. Texts are in batches of
/// similar length, so that little of a batch is padding: they are sorted within windows of some batches, and the batches are shuffled.
/// </summary>
internal sealed class Batches : IDisposable
{
    /// <summary>
    /// The most batches of a window. Eight leave a sixth more steps than sorting all texts would, and still make other batches in every epoch;
    /// for that reason there are two windows at least.
    /// </summary>
    private const int WindowBatches = 8;

    private readonly LabeledRows _rows;
    private readonly Tensor _order;
    private readonly long[]? _places;

    /// <summary>Draws the order from the default random generator.</summary>
    public Batches(LabeledRows rows, int batchSize)
    {
        _rows = rows;
        Count = Math.Max(1, (int)Math.Round(rows.Count / (double)batchSize, MidpointRounding.AwayFromZero));
        using var scope = NewDisposeScope();
        var order = randperm(rows.Count, dtype: ScalarType.Int64);
        if (rows.Lengths is { } lengths)
        {
            order = tensor(Sort(order.data<long>().ToArray(), lengths));
            _places = randperm(Count, dtype: ScalarType.Int64).data<long>().ToArray();
        }
        _order = order.to(rows.Features.device).DetachFromDisposeScope();
    }

    /// <summary>The number of batches.</summary>
    public int Count { get; }

    /// <summary>The rows of a batch; the tensors belong to the current dispose scope.</summary>
    public (Tensor Features, Tensor Labels, Tensor? Weights) this[int batch]
    {
        get
        {
            var place = _places?[batch] ?? batch;
            using var indices = _order.narrow(0, Start(place), Start(place + 1) - Start(place));
            var features = _rows.Features.index_select(0, indices);
            return (_rows.Augmentation?.Apply(features) ?? features, _rows.Labels.index_select(0, indices), _rows.Weights?.index_select(0, indices));
        }
    }

    public void Dispose() => _order.Dispose();

    private long Start(long place) => place * _rows.Count / Count;

    private long[] Sort(long[] order, int[] lengths)
    {
        var window = Math.Min(WindowBatches, (Count + 1) / 2);
        for (var place = 0; place < Count; place += window)
            order.AsSpan((int)Start(place)..(int)Start(Math.Min(place + window, Count))).Sort((left, right) => lengths[left].CompareTo(lengths[right]));
        return order;
    }
}
