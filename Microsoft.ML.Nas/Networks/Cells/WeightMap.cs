namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>Numbers the parameters of a node in the order in which its options hold them.</summary>
internal sealed class WeightMap
{
    /// <summary>The number of parameters so far.</summary>
    public int Parameters { get; private set; }

    /// <summary>The number of values of this edge's parameters so far.</summary>
    public int Count { get; private set; }

    /// <summary>The next parameter.</summary>
    public WeightSlot Next(int count)
    {
        var slot = new WeightSlot(Parameters++, Count, count);
        Count += count;
        return slot;
    }

    /// <summary>What follows belongs to the next edge.</summary>
    public void NextEdge() => Count = 0;
}
