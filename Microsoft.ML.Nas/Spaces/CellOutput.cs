namespace Microsoft.ML.Nas.Spaces;

/// <summary>What a cell gives.</summary>
public enum CellOutput
{
    /// <summary>The last node (NAS-Bench-201).</summary>
    LastNode,

    /// <summary>All intermediate nodes, joined along the channels (DARTS).</summary>
    Concatenation,
}
