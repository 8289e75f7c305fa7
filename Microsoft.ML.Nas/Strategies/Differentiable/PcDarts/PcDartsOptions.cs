namespace Microsoft.ML.Nas;

/// <summary>Options of <see cref="SearchStrategies.PcDarts"/>.</summary>
public sealed class PcDartsOptions : DartsOptions
{
    /// <summary>The number of parts that a choice's channels are divided into; it works on one of them. Default 4, as in the paper.</summary>
    public int ChannelParts { get; set; } = 4;

    /// <summary>Whether the edges into a node of a cell that keeps only some of them are weighed too. Default true, as in the paper.</summary>
    public bool EdgeNormalization { get; set; } = true;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(ChannelParts, 2);
    }
}
